/** A mail server that keeps nothing: each code goes straight to the ceremony that waits for it. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { Codes } from "./codes.ts";

export async function startMailbox(codes: Codes) {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    logger: false,
    onData(stream, session, done) {
      let text = "";
      stream.on("data", (part: Buffer) => (text += part.toString()));
      stream.on("end", () => {
        const code = /(?:^|\s)(\d{6})(?:\s|$)/.exec(text.slice(text.indexOf("\r\n\r\n")))?.[1];
        const [to] = session.envelope.rcptTo;
        if (code !== undefined && to !== undefined) codes.deliver(to.address.split("@")[0] ?? "", code);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, stop: () => new Promise<void>((resolve) => server.close(resolve)) };
}
