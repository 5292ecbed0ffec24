/** A door that asks for a certificate and says whose came, or that none did: the plumbing of a browser's card, without the product. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { openServer, type Door } from "../../../src/sandbox/kit/door.ts";

export function openCardDoor(authorities: string): Promise<Door> {
  const folder = mkdtempSync(join(tmpdir(), "card-door-"));
  const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
  const files = ["-keyout", keyFile, "-out", certificateFile];
  const form = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
  ];
  execFileSync("openssl", [...form, ...files], { stdio: "ignore" });
  const tls = { key: readFileSync(keyFile), cert: readFileSync(certificateFile), ca: authorities };
  const server = createServer({ ...tls, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    const { socket } = request;
    if (!(socket instanceof TLSSocket)) throw new Error("a door without TLS");
    const subject = socket.getPeerCertificate().subject as { CN: string } | undefined;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("connection", "close");
    response.end(`<main>${socket.authorized && subject !== undefined ? subject.CN : "no card"}</main>`);
  });
  return openServer(server, 0);
}
