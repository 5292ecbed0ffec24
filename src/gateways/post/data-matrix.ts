import bwip from "bwip-js/node";

/** The dark modules of a Data Matrix (ISO/IEC 16022), by which the post sorts returned letters. */
export function dataMatrix(text: string): {
  readonly size: number;
  readonly dark: readonly (readonly [column: number, row: number])[];
} {
  // Not the named export `raw`: that is the drawing of a symbology which happens to be called so.
  const [symbol] = bwip.raw({ bcid: "datamatrix", text });
  if (!symbol || !("pixs" in symbol)) throw new Error("the reference does not fit a Data Matrix");
  const { pixs, pixx } = symbol;
  const dark = pixs.flatMap((pixel, at) => (pixel === 1 ? [[at % pixx, Math.floor(at / pixx)] as const] : []));
  return { size: pixx, dark };
}
