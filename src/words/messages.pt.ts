import type { MessageWords } from "#core/messages";

/**
 * Codes go by SMS alone, so they are written in its plain letters. Notices go by e-mail too, so they are written in full: their
 * SMS loses the accents on its way out. With accents, an SMS would have 70 characters a part and not 160.
 */
export const messagesPt: MessageWords = {
  signInCode: (code, portal, minutes) =>
    `${code} e o codigo para ENTRAR em "${shortened(portal)}". Valido ${minutes} min. Nao o diga a ninguem.`,
  activationCode: (code, minutes) => `${code} e o codigo para ATIVAR a sua chave. Valido ${minutes} min. Nao o diga a ninguem.`,
  unblockCode: (code, minutes) =>
    `${code} e o codigo para DESBLOQUEAR a sua chave com um PIN novo. Valido ${minutes} min. Nao o diga a ninguem.`,
  emailCode: (code, minutes) =>
    `${code} é o código para CONFIRMAR este endereço de e-mail numa chave móvel. Vale ${minutes} minutos. Não o diga a ninguém. Se não pediu isto, não faça nada: sem o código, o endereço não é usado.`,
  letterRequested: (reference) =>
    `Pedido de chave móvel ${reference} recebido. A carta com o PIN chega em 5 dias úteis. Se não foi você, vá a um balcão. Nunca enviamos links.`,
  letterDelivered: (reference) => `A carta ${reference} com o PIN temporário foi entregue na sua morada. Nunca enviamos links.`,
  letterReturned: (reference) =>
    `A carta ${reference} foi devolvida e o PIN temporário já não vale. Confirme a sua morada e vá a um balcão. Nunca enviamos links.`,
  letterExpired: (reference) => `O PIN temporário da carta ${reference} já não vale. Pode pedir outro. Nunca enviamos links.`,
  keyActive: () => "A sua chave está ativa, com o PIN que escolheu. Se não foi você, vá já a um balcão. Nunca enviamos links.",
  keyReplaced: () =>
    "A sua chave foi substituída por outra, pedida com o cartão de cidadão. Se não foi você, vá já a um balcão. Nunca enviamos links.",
  pinWait: (minutes) =>
    `Houve PIN errados na sua chave. Pode tentar de novo dentro de ${minutes} min. Se não foi você, não diga o PIN a ninguém. Nunca enviamos links.`,
  keyLocked: () => "A sua chave está bloqueada. Desbloqueie-a com o cartão de cidadão ou num balcão. Nunca enviamos links.",
  keyUnblocked: () =>
    "A sua chave foi desbloqueada com o cartão de cidadão e tem um PIN novo. Se não foi você, vá já a um balcão. Nunca enviamos links.",
  emailChanged: () => "O e-mail da sua chave móvel mudou. Se não foi você, vá já a um balcão. Nunca enviamos links.",
  emailRemoved: () =>
    "O e-mail da sua chave móvel foi retirado: só avisamos por SMS. Se não foi você, vá já a um balcão. Nunca enviamos links.",
  strangersClosed: () =>
    "Alguém tentou entrar com o seu número noutro dispositivo e foi travado. Pode continuar a entrar no seu. Nunca enviamos links.",
  temporaryPinVoid: () =>
    "O PIN temporário foi anulado por ter sido errado 5 vezes. Peça nova carta ou vá a um balcão. Nunca enviamos links.",
  keyExpired: () =>
    "A sua chave deixou de ser válida com o documento. Renove o documento e vá a um balcão. Nunca enviamos links.",
  keyNotActive: () => "Tentaram entrar com a sua chave, que não está ativa. Saiba mais num balcão. Nunca enviamos links.",
  newBrowser: (portal) =>
    `A sua chave entrou em "${shortened(portal)}" num dispositivo novo. Se não foi você, vá já a um balcão. Nunca enviamos links.`,
  emailSubject: "A sua chave móvel",
  emailCodeSubject: "Código para confirmar o seu e-mail",
  emailClosing: "Nunca pedimos o PIN nem o código por telefone, SMS ou e-mail, e não enviamos links.",
};

/** A portal's name in plain letters, short enough to leave room for the rest; a dot inside a word would make phones show a link. */
export function shortened(portal: string): string {
  const letters = portal
    .normalize("NFD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/["\\^{}~[\]|`]/g, "");
  const plain = letters.replace(/[.:/@](?=\S)/g, " ");
  return plain.length > 40 ? `${plain.slice(0, 37)}...` : plain;
}
