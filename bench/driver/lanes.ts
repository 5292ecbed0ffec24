/**
 * Where visitors come from. A hundred ceremonies share an address of 127.0.0.0/8 and its keep-alive connections, as visitors
 * behind one proxy would; then come others. What a server counts per network address thus stays as small as with real people.
 */
import { Pool } from "undici";

export interface Lanes {
  /** Connections for one ceremony, given back when it is over. */
  take(): { readonly pool: Pool; back(): void };
  close(): Promise<void>;
}

const ceremoniesOfLane = 100;
const openLanes = 8;

/** The next address that nobody has come from; two benchmarks within an hour must not be the same visitors. */
let nextAddress = process.pid * 7919;

interface Lane {
  readonly pool: Pool;
  left: number;
  busy: number;
}

export function createLanes(origin: string): Lanes {
  let turn = 0;
  const lanes: Lane[] = Array.from({ length: openLanes }, open);

  function open(): Lane {
    const address = loopbackAddress(nextAddress++);
    const pool = new Pool(origin, { localAddress: address, keepAliveTimeout: 15_000, headersTimeout: 20_000 });
    return { pool, left: ceremoniesOfLane, busy: 0 };
  }

  function next(): Lane {
    turn = (turn + 1) % openLanes;
    const lane = lanes[turn] ?? open();
    if (lane.left > 0) return lane;
    return (lanes[turn] = open());
  }

  return {
    take() {
      const lane = next();
      lane.left--;
      lane.busy++;
      const back = () => {
        if (--lane.busy === 0 && lane.left === 0) void lane.pool.close();
      };
      return { pool: lane.pool, back };
    },
    async close() {
      await Promise.all(lanes.map(({ pool }) => pool.close()));
    },
  };
}

/** 127.1.0.1 and on; never 127.0.x.y, where servers listen. */
function loopbackAddress(index: number): string {
  const place = index % (250 * 250 * 250);
  return `127.${1 + Math.floor(place / 62_500)}.${Math.floor(place / 250) % 250}.${1 + (place % 250)}`;
}
