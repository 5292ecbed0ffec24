/** The system programs that tests use, each with the Debian package it comes in. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

export interface Program {
  /** What cannot be tested without it. */
  readonly group: string;
  readonly commands: readonly string[];
  readonly debian: string;
}

export const PROGRAMS = {
  chromium: { group: "journeys in a browser", commands: ["chromium", "chromium-browser", "google-chrome"], debian: "chromium" },
  postgresql: { group: "everything on PostgreSQL", commands: ["initdb"], debian: "postgresql" },
  qpdf: { group: "the form of PDF files", commands: ["qpdf"], debian: "qpdf" },
  softhsm: { group: "cards as PKCS#11 tokens", commands: ["softhsm2-util"], debian: "softhsm2" },
  opensc: { group: "cards as PKCS#11 tokens", commands: ["pkcs11-tool"], debian: "opensc" },
  pcscd: { group: "cards in a virtual reader", commands: ["pcscd"], debian: "pcscd" },
  vpcd: { group: "cards in a virtual reader", commands: ["vpcd-config"], debian: "vsmartcard-vpcd opensc-pkcs11" },
  nss: { group: "cards in a browser", commands: ["modutil"], debian: "libnss3-tools" },
  xvfb: { group: "cards in a browser", commands: ["Xvfb"], debian: "xvfb" },
  xdotool: { group: "cards in a browser", commands: ["xdotool"], debian: "xdotool" },
  poppler: { group: "the look of letters", commands: ["pdftotext"], debian: "poppler-utils" },
} as const satisfies Readonly<Record<string, Program>>;

export type ProgramName = keyof typeof PROGRAMS;

const NAMES = Object.keys(PROGRAMS) as ProgramName[]; // The keys of a constant are known.

/** Beside the PATH of people: where services lie. */
const SYSTEM_FOLDERS = ["/usr/sbin"];

/** Where the program lies, or nothing. */
export function findProgram(name: ProgramName): string | undefined {
  const folders = [...postgresFolders(), ...SYSTEM_FOLDERS, ...(process.env["PATH"] ?? "").split(delimiter).filter(Boolean)];
  const files = PROGRAMS[name].commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return files.find(isExecutable);
}

/** Why what needs these cannot be tested here, or false: what `skip` of a test is given. */
export function lacking(needed: readonly ProgramName[]): string | false {
  const absent = needed.filter((name) => findProgram(name) === undefined);
  return absent.length > 0 && `missing: ${absent.join(", ")}`;
}

export function missingPrograms(): ProgramName[] {
  return NAMES.filter((name) => findProgram(name) === undefined);
}

/** As root on Debian: installs them. Elsewhere: says how. */
export function provide(missing: readonly ProgramName[]): void {
  if (missing.length === 0) return;
  const packages = missing.map((name) => PROGRAMS[name].debian);
  const install = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) {
    console.log(`Missing: ${missing.join(", ")}. On Debian or Ubuntu: sudo apt-get update && sudo ${install}`);
    return;
  }
  console.log(`Installing ${packages.join(", ")} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const command of ["apt-get update", install]) {
    const [program = "", ...words] = command.split(" ");
    const { status, stderr } = spawnSync(program, words, { env, stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" });
    if (status !== 0) console.log(`${command} failed:\n${stderr}`);
  }
}

/** Debian keeps PostgreSQL's programs beside the PATH, a folder for each version; the newest first. */
function postgresFolders(): string[] {
  const base = "/usr/lib/postgresql";
  if (!existsSync(base)) return [];
  const versions = readdirSync(base).filter((version) => Number(version) >= 15);
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(base, version, "bin"));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
