/** What the virtual reader says. */
const pt = {
  title: "Leitor de cartões virtual",
  intro: "Faz de leitor e de cartão, para quem não os tem.",
  asks: "Quem pede:",
  nobody: "Nenhum site está à espera deste leitor. Escolha entrar com o cartão num site: este leitor abre-se sozinho.",
  card: "Cartão no leitor",
  none: "Nenhum: o leitor está vazio",
  pin: "PIN de autenticação",
  pinIs: "O PIN deste cartão é",
  sign: "Confirmar",
  cancel: "Cancelar",
  close: "Fechar",
  unblock: "Desbloquear este cartão",
  reissue: "Emitir um cartão novo",
  wrong: "PIN errado. Tentativas que restam:",
  blocked: "O PIN está bloqueado: foi errado três vezes. Na vida real, desbloqueia-se num balcão; aqui, com o botão.",
  empty: "Ponha um cartão no leitor.",
  unblocked: "O cartão foi desbloqueado.",
  reissued: "Foi emitido um cartão novo; o anterior foi revogado.",
  done: "Assinado.",
  failed: "O leitor não respondeu. Tente outra vez.",
};

const en: typeof pt = {
  title: "Virtual card reader",
  intro: "Plays the reader and the card, for those without them.",
  asks: "Who asks:",
  nobody: "No site is waiting for this reader. Choose to sign in with the card at a site: this reader opens by itself.",
  card: "Card in the reader",
  none: "None: the reader is empty",
  pin: "Authentication PIN",
  pinIs: "This card's PIN is",
  sign: "Confirm",
  cancel: "Cancel",
  close: "Close",
  unblock: "Unblock this card",
  reissue: "Issue a new card",
  wrong: "Wrong PIN. Tries left:",
  blocked: "The PIN is blocked: it was wrong three times. In real life a desk unblocks it; here, the button does.",
  empty: "Put a card into the reader.",
  unblocked: "The card was unblocked.",
  reissued: "A new card was issued; the one before was revoked.",
  done: "Signed.",
  failed: "The reader did not answer. Try again.",
};

export const words = { pt, en } as const;
export type ReaderLanguage = keyof typeof words;
