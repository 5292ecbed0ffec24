/** What was opened in turn, and is closed the other way round: nothing loses its ground while it still stands. */
export interface Closing {
  add(close: () => unknown): void;
  /** Closes all of it, the last first. Once: a second call finds nothing more to close. */
  close(): Promise<void>;
}

export function createClosing(): Closing {
  const steps: (() => unknown)[] = [];
  return {
    add: (close) => void steps.push(close),
    async close() {
      for (const step of steps.splice(0).toReversed()) await step();
    },
  };
}
