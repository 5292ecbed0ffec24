import { createServer } from "node:net";

/** Sixteen ports in a row that nobody listens on, and that were not given away before. */
export function createPortFinder(): () => Promise<number> {
  let next = 20_000 + (process.pid % 500) * 64;
  return async () => {
    for (; next < 64_000; next += 16) {
      const base = next;
      const free = await Promise.all(Array.from({ length: 16 }, (_, offset) => isFree(base + offset)));
      if (!free.every(Boolean)) continue;
      next += 16;
      return base;
    }
    throw new Error("no sixteen free ports in a row");
  };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
