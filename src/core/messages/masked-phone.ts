/** "+351 ••• ••• 567": enough for its owner to recognise it, too little for anybody else. */
export function maskedPhone(e164: string): string {
  const prefix = e164.startsWith("+351") ? "+351 " : "+";
  return `${prefix}••• ••• ${e164.slice(-3)}`;
}
