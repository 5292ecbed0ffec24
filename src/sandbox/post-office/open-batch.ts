import { createHash } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { compactDecrypt } from "jose";
import { z } from "zod";

const reference = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

const BATCH = z.object({
  manifest: z.object({
    reference,
    count: z.number().int().min(1).max(10_000),
    created: z.iso.datetime(),
    letters: z.array(z.object({ reference, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
  }),
  letters: z.array(
    z.object({ reference, civilId: z.string().min(1).max(40), kind: z.literal("pin-letter"), pdf: z.base64().min(1) }),
  ),
});

export type Batch = z.infer<typeof BATCH>;

/** The batch the printer can read and trust; null for anything else: altered, for another printer, or untrue to its manifest. */
export async function openBatch(jwe: string, named: string, printer: KeyObject): Promise<Batch | null> {
  try {
    const options = { keyManagementAlgorithms: ["ECDH-ES+A256KW"], contentEncryptionAlgorithms: ["A256GCM"] };
    const { plaintext } = await compactDecrypt(jwe, printer, options);
    const batch = BATCH.parse(JSON.parse(Buffer.from(plaintext).toString("utf8")));
    return batch.manifest.reference === named && keepsToManifest(batch) ? batch : null;
  } catch {
    return null;
  }
}

function keepsToManifest({ manifest, letters }: Batch): boolean {
  if (manifest.count !== letters.length || manifest.letters.length !== letters.length) return false;
  if (new Set(letters.map((letter) => letter.reference)).size !== letters.length) return false;
  return letters.every((letter, at) => {
    const listed = manifest.letters[at];
    const sha256 = createHash("sha256").update(Buffer.from(letter.pdf, "base64")).digest("hex");
    return listed?.reference === letter.reference && listed.sha256 === sha256;
  });
}
