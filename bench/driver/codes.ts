/** Where one-time codes arrive: each is handed to the ceremony that waits for it, whichever of the two comes first. */

export interface Codes {
  /** The code that comes, or has come, to that phone or mailbox. */
  wait(recipient: string): Promise<string>;
  deliver(recipient: string, code: string): void;
}

const patience = 15_000;

export function createCodes(): Codes {
  const waiting = new Map<string, (code: string) => void>();
  const come = new Map<string, string>();
  return {
    wait(recipient) {
      const code = come.get(recipient);
      if (code !== undefined && come.delete(recipient)) return Promise.resolve(code);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(recipient);
          reject(new Error("no code came"));
        }, patience);
        waiting.set(recipient, (late) => {
          clearTimeout(timer);
          resolve(late);
        });
      });
    },
    deliver(recipient, code) {
      const heard = waiting.get(recipient);
      if (heard === undefined) come.set(recipient, code);
      else if (waiting.delete(recipient)) heard(code);
    },
  };
}
