import type { MessageWords } from "#core/messages";

/** SMS in GSM-7: no accents on a, o, c, so that each fits one part of 160 characters. */
export const messagesPt: MessageWords = {
  signInCode: (code, portal, minutes) =>
    `${code} e o codigo para ENTRAR em "${shortened(portal)}". Valido ${minutes} min. Nao o diga a ninguem.`,
  activationCode: (code, minutes) => `${code} e o codigo para ATIVAR a sua chave. Valido ${minutes} min. Nao o diga a ninguem.`,
  unblockCode: (code, minutes) =>
    `${code} e o codigo para DESBLOQUEAR a sua chave com um PIN novo. Valido ${minutes} min. Nao o diga a ninguem.`,
  letterRequested: (reference) =>
    `Pedido de chave movel ${reference} recebido. A carta com o PIN chega em 5 dias uteis. Se nao foi voce, va a um balcao. Nunca enviamos links.`,
  letterDelivered: (reference) => `A carta ${reference} com o PIN temporario foi entregue na sua morada. Nunca enviamos links.`,
  letterReturned: (reference) =>
    `A carta ${reference} foi devolvida e o PIN temporario ja nao vale. Confirme a sua morada e va a um balcao. Nunca enviamos links.`,
  letterExpired: (reference) => `O PIN temporario da carta ${reference} ja nao vale. Pode pedir outro. Nunca enviamos links.`,
  keyActive: () => "A sua chave esta ativa, com o PIN que escolheu. Se nao foi voce, va ja a um balcao. Nunca enviamos links.",
  keyReplaced: () =>
    "A sua chave foi substituida por outra, pedida com o cartao de cidadao. Se nao foi voce, va ja a um balcao. Nunca enviamos links.",
  pinWait: (minutes) =>
    `Houve PIN errados na sua chave. Pode tentar de novo dentro de ${minutes} min. Se nao foi voce, nao diga o PIN a ninguem. Nunca enviamos links.`,
  keyLocked: () => "A sua chave esta bloqueada. Desbloqueie-a com o cartao de cidadao ou num balcao. Nunca enviamos links.",
  keyUnblocked: () =>
    "A sua chave foi desbloqueada com o cartao de cidadao e tem um PIN novo. Se nao foi voce, va ja a um balcao. Nunca enviamos links.",
  strangersClosed: () =>
    "Alguem tentou entrar com o seu numero noutro dispositivo e foi travado. Pode continuar a entrar no seu. Nunca enviamos links.",
  temporaryPinVoid: () =>
    "O PIN temporario foi anulado por ter sido errado 5 vezes. Peca nova carta ou va a um balcao. Nunca enviamos links.",
  keyExpired: () =>
    "A sua chave deixou de ser valida com o documento. Renove o documento e va a um balcao. Nunca enviamos links.",
  keyNotActive: () => "Tentaram entrar com a sua chave, que nao esta ativa. Saiba mais num balcao. Nunca enviamos links.",
  newBrowser: (portal) =>
    `A sua chave entrou em "${shortened(portal)}" num dispositivo novo. Se nao foi voce, va ja a um balcao. Nunca enviamos links.`,
  emailSubject: "A sua chave móvel",
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
