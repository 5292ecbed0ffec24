import { cpus, totalmem } from "node:os";
import { hashRaw } from "@node-rs/argon2";

export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  /** Processor time of one Argon2id, 7 MiB, 5 passes, 1 lane. */
  readonly argon2Ms: number;
}

export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    argon2Ms: await measureArgon2(),
  };
}

async function measureArgon2(): Promise<number> {
  const salt = Buffer.alloc(16, 1);
  const hash = () => hashRaw("123456", { memoryCost: 7168, timeCost: 5, parallelism: 1, outputLen: 32, salt });
  for (let n = 0; n < 10; n++) await hash();
  const before = process.cpuUsage();
  const times = 60;
  for (let n = 0; n < times; n++) await hash();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}
