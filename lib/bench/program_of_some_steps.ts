/** Started by bounds_checks.ts as a program of its own; says what a step takes. */
import { FusedEngine } from "../engine/fused/fused_engine.ts";
import { behaviours } from "./behaviours.ts";
import { enterTraining, quickParameters, remi, trainingSteps } from "./mid_training.ts";

const config = remi(30_000);
const engine = await FusedEngine.create(config, quickParameters(config));
enterTraining(engine);
const train = behaviours("short", 30_000);
const contestant = trainingSteps("a step", 1, engine, config, train, 100);
await contestant.turn(); // until it is compiled
console.log(JSON.stringify(await contestant.turn()));
engine.dispose();
