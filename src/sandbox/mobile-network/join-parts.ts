/** What a phone does with what it receives: joins the parts of a long message, and shows nothing until all are there. */

export interface StoredPart {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  /** When it reaches the phone. */
  readonly at: string;
  readonly concat?: Concat | undefined;
}

export interface Concat {
  readonly joint: number;
  readonly total: number;
  readonly sequence: number;
}

export interface SmsMessage {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly at: string;
}

interface Gathering {
  readonly key: string;
  readonly total: number;
  readonly parts: Map<number, StoredPart>;
}

export function joinParts(received: readonly StoredPart[]): SmsMessage[] {
  const whole: SmsMessage[] = [];
  const gatherings: Gathering[] = [];
  for (const part of received) {
    if (!part.concat) whole.push(message([part]));
    else {
      const complete = gather(gatherings, part, part.concat);
      if (complete) whole.push(message(complete));
    }
  }
  return whole;
}

/** A part that is there already begins another copy of the message. */
function gather(gatherings: Gathering[], part: StoredPart, concat: Concat): StoredPart[] | null {
  const key = `${part.from} ${concat.joint} ${concat.total}`;
  const lacksIt = (one: Gathering) => one.key === key && one.parts.size < one.total && !one.parts.has(concat.sequence);
  let gathering = gatherings.find(lacksIt);
  if (!gathering) gatherings.push((gathering = { key, total: concat.total, parts: new Map() }));
  gathering.parts.set(concat.sequence, part);
  if (gathering.parts.size < gathering.total) return null;
  return [...gathering.parts].sort(([one], [other]) => one - other).map(([, each]) => each);
}

function message(parts: readonly StoredPart[]): SmsMessage {
  const [first] = parts;
  if (!first) throw new Error("a message has at least one part");
  const at = parts.map((part) => part.at).reduce((one, other) => (other > one ? other : one));
  return { id: first.id, from: first.from, text: parts.map((part) => part.text).join(""), at };
}
