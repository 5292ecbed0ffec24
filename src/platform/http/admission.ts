/**
 * What a process takes on when more is asked of it than it can do. Without this, every request would be begun, none ended in
 * time, and the work on those whose people have left would be thrown away.
 *
 * Three signs say that requests are queuing: the event loop comes late to its timers (they wait for the processor), queries
 * wait for a connection, or more are being answered at once than anything but a queue explains. As in CoDel (RFC 8289), a
 * queue that empties now and then is a burst and does no harm: only one that stands for a whole window is overload. Then
 *
 * - what belongs to something already begun is taken, up to what memory allows: it goes first;
 * - what begins something is taken at a pace: at first what could be begun before the overload, divided by how busy the
 *   process or its connections were with it; then less while the queue stands, and more while it does not;
 * - the rest is taken in between, when no queue stands.
 *
 * What is not taken costs nearly nothing: it is refused before it is stamped, logged or read, with a page made beforehand.
 */
import { performance } from "node:perf_hooks";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { MigratableDatabase } from "../database/database.ts";
import type { Log } from "../log.ts";
import type { Duration } from "../duration.ts";

export type Precedence = "begun" | "new" | "rest";

export interface Refusal {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Admission {
  /** Null: it is taken, and `leave` must be called when it has been answered. */
  enter(request: IncomingMessage): Refusal | null;
  leave(): void;
  standing(): AdmissionStanding;
  stop(): void;
}

export interface AdmissionStanding {
  readonly inFlight: number;
  /** Refused since the start. */
  readonly shed: Readonly<Record<Precedence, number>>;
  /** New ones taken in a second while there is overload; null: as many as come. */
  readonly limit: number | null;
}

export interface AdmissionNeeds {
  readonly precedenceOf: (path: string) => Precedence;
  /** Made beforehand, in the language of whoever asks. */
  readonly busyPage: (headers: IncomingHttpHeaders) => Refusal;
  readonly db: Pick<MigratableDatabase, "connections">;
  readonly log: Log;
}

export const figures = {
  /** Between two looks. As all durations, in milliseconds. */
  look: 20,
  /** A window lasts at least so long, and has so many looks: one long computation is one look. */
  window: 100,
  looks: 3,
  /** By how much the loop may be late: each step of a ceremony passes it several times. */
  lateness: 40,
  /** Queries that wait for a connection. A request asks several, one after the other. */
  waiting: 30,
  /** So few being answered are no queue, whatever makes the loop late: a process that has just started, or a neighbour. */
  few: 8,
  /** Requests answered at once: above the first there is a queue, whatever it is for; above the second, nothing is taken. */
  queue: 100,
  most: 1_000,
  /** Of the limit, window by window: it falls by a quarter in a second and doubles in four. */
  shrink: 0.97,
  grow: 1.02,
  /** New ones a second that are always taken, or there would be nothing to learn from. */
  least: 5,
  /** How much of what was known each window leaves: ten seconds of memory. */
  memory: 0.99,
  /** Windows without a queue and without a refusal after which the overload is over. */
  calm: 50,
} as const;

export interface Look {
  readonly late: Duration;
  readonly inFlight: number;
  /** Queries without a connection, and the share of the connections in use. */
  readonly waiting: number;
  readonly used: number;
}

/** What was seen in a window. */
export interface Window {
  readonly looks: readonly Look[];
  readonly seconds: number;
  /** New ones that were taken. */
  readonly begun: number;
  readonly refused: number;
  /** The share of the time that the loop, or the connections, were at work: whichever was busier. */
  readonly busy: number;
}

export interface Course {
  /** New ones a second; null: no overload. */
  readonly limit: number | null;
  /** New ones a second, and the share of the time the loop was at work with them, in the time before the overload. */
  readonly pace: number;
  readonly busy: number;
  /** Windows since there was a queue or a refusal. */
  readonly calm: number;
}

export const start: Course = { limit: null, pace: 0, busy: 0, calm: 0 };

/** A queue that stood for the whole window. */
export function isStanding(looks: readonly Look[]): boolean {
  return looks.length > 0 && looks.every(isQueue);
}

function isQueue({ late, waiting, inFlight }: Look): boolean {
  return late > figures.lateness || waiting > figures.waiting || inFlight > figures.queue;
}

export function judgeWindow(course: Course, seen: Window): Course {
  const queued = isStanding(seen.looks);
  if (course.limit === null) {
    const learned = learn(course, seen);
    return queued ? { ...learned, limit: paceAtFullWork(learned), calm: 0 } : learned;
  }
  if (queued) return { ...course, limit: Math.max(figures.least, course.limit * figures.shrink), calm: 0 };
  if (seen.refused > 0) return { ...course, limit: course.limit * figures.grow, calm: 0 };
  const calm = course.calm + 1;
  return calm < figures.calm ? { ...course, calm } : { ...course, limit: null, calm: 0 };
}

function learn(course: Course, { begun, seconds, busy }: Window): Course {
  const mixed = (before: number, now: number): number => before * figures.memory + now * (1 - figures.memory);
  return { ...course, pace: mixed(course.pace, begun / seconds), busy: mixed(course.busy, busy) };
}

function paceAtFullWork({ pace, busy }: Course): number {
  return Math.max(figures.least, pace / Math.max(busy, 0.01));
}

export function createAdmission({ precedenceOf, busyPage, db, log }: AdmissionNeeds): Admission {
  const shed = { begun: 0, new: 0, rest: 0 };
  const watch = createWatch();
  let course = start;
  let inFlight = 0;
  let places = 0;
  let standing = false;

  const mayEnter: Readonly<Record<Precedence, () => boolean>> = {
    begun: () => inFlight < figures.most,
    new: () => isQuiet() || (hasRoom() && (course.limit === null || places >= 1)),
    rest: () => isQuiet() || (hasRoom() && !standing),
  };

  const isQuiet = (): boolean => inFlight < figures.few;

  /** A crowd that comes all at once is not let in for a window's length before it is seen to be one. */
  const hasRoom = (): boolean => inFlight <= figures.queue && db.connections().waiting <= 2 * figures.waiting;

  function look(): void {
    const { busy, idle, waiting } = db.connections();
    const seen = watch.look({ inFlight, waiting, used: busy / Math.max(1, busy + idle) });
    if (course.limit !== null) places = Math.min(places + course.limit * seen.seconds, Math.max(1, course.limit / 5));
    if (seen.window === undefined) return;
    standing = isStanding(seen.window.looks);
    const next = judgeWindow(course, seen.window);
    if ((next.limit === null) !== (course.limit === null)) tell(next);
    course = next;
  }

  function tell({ limit }: Course): void {
    if (limit === null) log.info({ shed: { ...shed } }, "the overload is over");
    else log.warn({ inFlight, limit: Math.round(limit) }, "more is asked than can be done: what is new is taken at a pace");
  }

  const timer = setInterval(look, figures.look).unref();
  return {
    enter(request) {
      const precedence = precedenceOf(pathOf(request.url ?? "/"));
      if (mayEnter[precedence]()) {
        inFlight++;
        if (precedence !== "new") return null;
        if (course.limit !== null) places--;
        watch.begun();
        return null;
      }
      shed[precedence]++;
      watch.refused();
      return busyPage(request.headers);
    },
    leave: () => void inFlight--,
    standing: () => ({ inFlight, shed, limit: course.limit }),
    stop: () => {
      clearInterval(timer);
    },
  };
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end < 0 ? url : url.slice(0, end);
}

/** Gathers looks until they make a window. */
function createWatch() {
  let [lastLook, opened] = [performance.now(), performance.now()];
  let work = performance.eventLoopUtilization();
  let looks: Look[] = [];
  let [begun, refused] = [0, 0];

  function close(now: number): Window {
    const spent = performance.eventLoopUtilization();
    const used = looks.reduce((sum, look) => sum + look.used, 0) / looks.length;
    const busy = Math.max(used, performance.eventLoopUtilization(spent, work).utilization);
    const window = { looks, seconds: (now - opened) / 1000, begun, refused, busy };
    [looks, begun, refused, opened, work] = [[], 0, 0, now, spent];
    return window;
  }

  return {
    begun: () => void begun++,
    refused: () => void refused++,
    look(state: Omit<Look, "late">): { readonly seconds: number; readonly window: Window | undefined } {
      const now = performance.now();
      const passed = now - lastLook;
      lastLook = now;
      looks.push({ late: passed - figures.look, ...state });
      const isWhole = now - opened >= figures.window && looks.length >= figures.looks;
      return { seconds: passed / 1000, window: isWhole ? close(now) : undefined };
    },
  };
}
