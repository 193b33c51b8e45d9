/** The worker of the page: messages are answered one after the other. */
import { Answering } from "../answering.ts";
import type { FromWorker, ToWorker } from "../messages.ts";

/** As much of a worker's global as is needed; the types of a window stand in the way. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
}

const scope = globalThis as unknown as WorkerScope; // foreign: the browser's global
const answering = new Answering();
let work: Promise<void> = Promise.resolve();
scope.onmessage = ({ data }) => {
  work = work.then(async () => scope.postMessage(await answering.answer(data)));
};
