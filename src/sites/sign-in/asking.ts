/** What is said otherwise where the house itself asks: whoever turns back goes home, and no consent follows. */
import type { AskingPortal } from "#sites/kit";
import type { Words } from "#words";

export function cancelLabel({ actions }: Words, { name, isOurselves }: AskingPortal): string {
  return isOurselves ? actions.cancel : actions.cancelTo(name);
}

export function stepOf({ actions }: Words, step: 1 | 2, name: string, { isOurselves }: AskingPortal): string {
  return actions.step(step, isOurselves ? 2 : 3, name);
}
