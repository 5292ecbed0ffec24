/** The PIN letter in Portuguese, the master. No address, link or QR: whoever reads it types the portal's address themselves. */

const DATE = new Intl.DateTimeFormat("pt-PT", { timeZone: "Europe/Lisbon", dateStyle: "long" });

export const letterPt = {
  language: "pt-PT",
  product: "Chave",
  date: (day: Date): string => DATE.format(day),
  reference: "Referência",
  requested: "Data do pedido",
  phone: "Telemóvel",
  expires: "Válido até",
  temporaryPin: "PIN temporário",
  title: "O PIN para começar a usar a sua chave",
  intro:
    "Pediu uma chave móvel através das Finanças. O PIN desta carta serve uma única vez: para entrar pela primeira vez, em qualquer portal que aceite a chave.",
  steps: (phone: string): readonly string[] => [
    "No portal onde quer entrar, escolha entrar com a chave. Escreva o endereço do portal à mão: esta carta não traz links.",
    `Escreva o seu número de telemóvel, ${phone}, e o PIN temporário.`,
    "Escreva o código que recebe por SMS e escolha o seu PIN, de 4 a 8 algarismos. O PIN temporário deixa logo de servir.",
  ],
  notYou: "Não pediu esta carta?",
  notYouAdvice: (expires: string): string =>
    `Não use o PIN nem o diga a ninguém. Vá a um balcão de atendimento com esta carta e indique a referência. Sem o PIN ninguém pode usar a chave, e ele deixa de valer depois de ${expires}.`,
  warning: "Nunca pedimos o PIN por telefone, SMS ou e-mail.",
};
