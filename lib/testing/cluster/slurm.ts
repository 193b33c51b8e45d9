/** A Slurm of one node in a folder of its own, where its programs are installed. */
import { join } from "../../base/paths.ts";
import { until } from "../until.ts";

/** What a Slurm of one node is started from; without munge no command is believed. */
const PROGRAMS = ["munged", "slurmctld", "slurmd"] as const;

/** Where they are: nobody but root has these folders on the PATH. */
const PATH = `${Deno.env.get("PATH") ?? ""}:/usr/local/sbin:/usr/sbin:/sbin`;

/** Seconds after which a requeued task may start again; 120 unless told. */
const REQUEUE_DELAY = 5;

/** A running Slurm. */
export interface Slurm {
  /** Runs a command of Slurm and returns what it prints. */
  run(program: string, args: readonly string[], env?: Record<string, string>): Promise<string>;
  /** Ends all of it. */
  stop(): Promise<void>;
}

/** Why there can be no Slurm here; null if there can. */
export async function whyNoSlurm(): Promise<string | null> {
  if (Deno.build.os !== "linux") return "Slurm runs on Linux";
  if (Deno.uid() !== 0) return "a Slurm of one's own needs root";
  for (const program of PROGRAMS) {
    if (!await isInstalled(program)) return `${program} is not installed`;
  }
  return null;
}

async function isInstalled(program: string): Promise<boolean> {
  const command = new Deno.Command("which", { args: [program], env: { PATH } });
  return (await command.output()).success;
}

/**
 * Starts a Slurm of one node with two processors.
 *
 * @param folder empty; holds its configuration, state and logs
 * @throws {Error} if a program fails or the node does not come up, with what was said
 */
export async function startSlurm(folder: string): Promise<Slurm> {
  const conf = join(folder, "slurm.conf");
  const socket = join(folder, "munge.socket");
  await Deno.chmod(folder, 0o755); // munge wants a folder that others may enter
  await Deno.writeFile(join(folder, "munge.key"), new Uint8Array(64).fill(7), { mode: 0o400 });
  await Deno.writeTextFile(conf, configuration(folder, socket, freePort(), freePort()));
  const env = { PATH, SLURM_CONF: conf };
  const daemons: Deno.ChildProcess[] = [];
  const start = (program: string, args: readonly string[]) => {
    const quiet = { stdin: "null", stdout: "null", stderr: "null" } as const;
    daemons.unshift(new Deno.Command(program, { args: [...args], env, ...quiet }).spawn());
  };
  const run: Slurm["run"] = async (program, args, more = {}) => {
    const command = new Deno.Command(program, { args: [...args], env: { ...env, ...more } });
    const { success, stdout, stderr } = await command.output();
    const [out, error] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes).trim());
    if (!success) throw new Error(`${program} ${args.join(" ")}: ${error}`);
    return out!;
  };
  const stop = async () => {
    for (const daemon of daemons) {
      try {
        daemon.kill("SIGTERM");
      } catch (error) {
        if (!(error instanceof TypeError)) throw error; // it has ended
      }
      await daemon.status;
    }
  };
  const at = (name: string) => join(folder, name);
  try {
    start("munged", [
      ...["--foreground", "--force", `--socket=${socket}`, `--key-file=${at("munge.key")}`],
      ...[`--pid-file=${at("munge.pid")}`, `--log-file=${at("munge.log")}`],
      `--seed-file=${at("munge.seed")}`,
    ]);
    await until(async () => await Deno.stat(socket).then(() => true, () => false), "munged", 30);
    start("slurmctld", ["-D", "-f", conf, "-L", at("slurmctld.log")]);
    start("slurmd", ["-D", "-f", conf, "-L", at("slurmd.log")]);
    const idle = async () => (await run("sinfo", ["-h", "-o", "%T"]).catch(() => "")) === "idle";
    await until(idle, "the node", 60);
  } catch (error) {
    await stop();
    throw error;
  }
  return { run, stop };
}

function configuration(folder: string, socket: string, ...ports: [number, number]): string {
  const name = Deno.hostname();
  return `ClusterName=remi
SlurmctldHost=${name}(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=${socket},cred_expire=${REQUEUE_DELAY}
StateSaveLocation=${join(folder, "state")}
SlurmdSpoolDir=${join(folder, "spool")}
SlurmctldPidFile=${join(folder, "slurmctld.pid")}
SlurmdPidFile=${join(folder, "slurmd.pid")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
ReturnToService=2
NodeName=${name} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}
