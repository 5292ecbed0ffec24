import { domainToASCII } from "node:url";

/** The address in the form we send to, or null when it cannot be one. Whether it is read by its owner is another matter. */
export function readEmail(text: string): string | null {
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, at), domainToASCII(text.slice(at + 1))];
  const localFits = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local) && local.length <= 64;
  const domainFits = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain);
  return at > 0 && localFits && domainFits && text.length <= 254 ? `${local}@${domain}` : null;
}
