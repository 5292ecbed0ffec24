/** A country that is killed and started again on the same place; each time it lies dead, its remains are judged. */
import type { Place, RunningCountry } from "../journeys/country.ts";
import { findPlace, hubJson, startCountry } from "../journeys/country.ts";
import { judge, nothingYet, readRemains } from "./remains.ts";
import type { Remains } from "./remains.ts";

export interface MortalCountry {
  readonly place: Place;
  /** The one that lives now. */
  readonly alive: RunningCountry;
  /** SIGKILL now, the remains judged, and started again. */
  dieAndRise(): Promise<Remains>;
  /** What the dead process had taken in hand is free for others once its lease has run out. */
  outliveLeases(): Promise<void>;
  remove(): Promise<void>;
}

export async function startMortalCountry(
  settings: (place: Place) => Readonly<Record<string, string>> = () => ({}),
): Promise<MortalCountry> {
  const place = await findPlace();
  let [alive, last] = [await startCountry(place, settings(place)), nothingYet];
  return {
    place,
    get alive() {
      return alive;
    },
    async dieAndRise() {
      await alive.kill();
      const now = await readRemains(place);
      judge(now, last);
      alive = await startCountry(place, settings(place));
      return (last = now);
    },
    async outliveLeases() {
      await hubJson(alive, "/clock", { advance: "PT2M" });
    },
    async remove() {
      await alive.stop();
      place.remove();
    },
  };
}
