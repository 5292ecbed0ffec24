/** SMPP 3.4 2.9: only so many requests may await their answer; the others wait here, in order, for their turn. */
export function createWindow(size: number, longestQueue: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const queue: (() => void)[] = [];
  let busy = 0;

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else busy -= 1;
  }

  return async (work) => {
    if (busy < size) busy += 1;
    else if (queue.length >= longestQueue) throw new Error("too many SMS are waiting to be sent");
    else await new Promise<void>((turn) => queue.push(turn));
    try {
      return await work();
    } finally {
      leave();
    }
  };
}
