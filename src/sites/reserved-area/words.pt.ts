/** The citizen's own area, in Portuguese, the master. */
export type ReservedAreaWords = typeof reservedAreaPt;

export const reservedAreaPt = {
  reservedArea: {
    title: "Área reservada",
    greeting: (givenNames: string) => `Olá, ${givenNames}`,
    conditions: {
      active: (day: string) => `A sua chave está ativa e vale até ${day}.`,
      locked: () => "A sua chave está bloqueada. Pode desbloqueá-la agora, com o cartão de cidadão e um PIN novo.",
      frozen: () => "A sua chave está congelada a seu pedido. Para voltar a usá-la, vá a um balcão com o seu documento.",
      suspended: () => "A sua chave está suspensa. Para saber porquê, vá a um balcão com o seu documento.",
      expired: (day: string) => `A sua chave deixou de valer em ${day}. Renove o documento e vá a um balcão.`,
      temporary: () => "A sua chave espera pela primeira entrada num portal, com o PIN temporário da carta.",
      "temporary-over": () =>
        "O PIN temporário da sua carta já não vale. Pode ativar a chave com o cartão de cidadão ou pedir outra carta.",
    },
    noKey: "Ainda não tem uma chave móvel. Pode ativá-la agora com o cartão de cidadão: fica logo pronta.",
    activate: "Ativar a chave",
    keyTitle: "A sua chave",
    validUntil: "Válida até",
    lastSignIn: "Última entrada",
    lastSignInAt: (portal: string, day: string, time: string, how: string) => `${portal}, em ${day}, às ${time}, ${how}`,
    byKey: "com a chave",
    byCard: "com o cartão de cidadão",
    gonePortal: "Um portal que já não existe",
    noSignIn: "Nenhuma antes desta",
    notYou: "Se não foi você que entrou, vá já a um balcão com o seu documento.",
    dataTitle: "Os seus dados",
    document: "Documento",
    noEmail: "não indicou nenhum",
    dataNote: "O nome e o documento vêm do registo civil. O telemóvel e o e-mail são os da sua chave.",
    dataNoteNoKey: "O nome e o documento vêm do registo civil.",
    signedOut: {
      title: "A sua sessão terminou",
      text: "Neste navegador, já ninguém pode ver os seus dados nem usar a sua chave sem se identificar outra vez.",
      again: "Entrar outra vez",
    },
  },
  acts: {
    title: "O que pode mudar",
    backToArea: "Voltar à área reservada",
    refused: {
      nothingKept: "Por segurança, não guardámos nada do que escreveu.",
      reasons: {
        "key.none": { title: "Ainda não tem uma chave", why: "Isto só se pode fazer com uma chave móvel." },
        "key.locked": {
          title: "A sua chave está bloqueada",
          why: "Enquanto estiver bloqueada, não se muda nada nela. Desbloqueie-a primeiro.",
        },
        "key.not-locked": { title: "A sua chave não está bloqueada", why: "Não há nada a desbloquear: pode usá-la." },
        "key.pending-letter": {
          title: "A sua chave ainda não foi usada",
          why: "A chave espera pela carta: use primeiro o PIN temporário, ou ative-a com o cartão de cidadão.",
        },
        "key.frozen": {
          title: "A sua chave está congelada",
          why: "Congelou a chave. Enquanto estiver assim, não se pode fazer isto aqui.",
        },
        "key.suspended": {
          title: "A sua chave está suspensa",
          why: "Enquanto a chave estiver suspensa, não se pode fazer isto aqui.",
        },
        "key.expired": {
          title: "A sua chave deixou de ser válida",
          why: "A validade da chave acabou com a do documento. Renove primeiro o documento.",
        },
        "act.gone": {
          title: "Este pedido já não está ativo",
          why: "Passou demasiado tempo, ou o pedido foi cancelado.",
        },
        "act.out-of-step": {
          title: "Este passo já não está disponível",
          why: "Pode ter usado o botão de voltar ou duas janelas.",
        },
        "pin.same": {
          title: "Escolheu o PIN que a chave já tinha",
          why: "Outra pessoa pode conhecer esse PIN. Para desbloquear a chave, escolha um diferente.",
        },
        "sms.too-many": {
          title: "Não podemos enviar mais mensagens para já",
          why: "Enviámos muitas mensagens em pouco tempo. Pode tentar mais tarde.",
        },
        "email.too-many": {
          title: "Não podemos enviar mais e-mails para já",
          why: "Enviámos muitos códigos por e-mail em pouco tempo. Pode tentar mais tarde.",
        },
        "code.wrong": { title: "O código não está certo", why: "O código que escreveu não é o que enviámos." },
        "code.expired": { title: "O código perdeu a validade", why: "Passou o tempo para escrever o código." },
        "key.changed": {
          title: "A sua chave mudou entretanto",
          why: "Enquanto fazia este pedido, a chave foi mudada, substituída ou cancelada noutro lado.",
        },
      },
    },
  },
  changeEmail: {
    offer: "Mudar o e-mail da chave",
    title: "O e-mail da sua chave",
    label: "Novo endereço de e-mail",
    hint: "Por exemplo, nome@exemplo.pt.",
    hintRemove: "Por exemplo, nome@exemplo.pt. Se deixar vazio, a chave fica sem e-mail.",
    lead: (email: string) => `Agora, o e-mail da sua chave é ${email}.`,
    leadNone: "Agora, a sua chave não tem e-mail.",
    how: "Enviamos um código para o endereço novo. Só o guardamos, e só o damos a um portal, depois de o confirmar.",
    steps: { form: "Endereço", code: "Confirmação", done: "Mudado" },
    mistakes: {
      "email.malformed": "Escreva um endereço de e-mail completo, por exemplo nome@exemplo.pt.",
      "email.same": "A sua chave já tem este endereço. Escreva outro.",
      "email.missing": "Escreva o endereço que quer dar à sua chave.",
    },
    codeTitle: "Escreva o código que recebeu",
    codeSent: (email: string) => `Enviámos um e-mail para ${email}.`,
    codeCheck: "Se não o encontra, veja também no correio não solicitado (spam).",
    noCode: "O endereço não está certo? Pode escrever outro.",
    again: "Escrever outro endereço",
    confirm: "Confirmar o e-mail",
    confirmation: {
      title: "Quer deixar a chave sem e-mail?",
      lead: (email: string) => `Vamos retirar ${email}. Passamos a avisá-lo só por SMS.`,
      button: "Retirar o e-mail",
    },
    doneTitle: "O e-mail da sua chave mudou",
    doneLead: "A mudança já está feita.",
    doneNote: "Avisámos o telemóvel da chave e os endereços, o novo e o antigo.",
  },
  unblock: {
    offer: "Desbloquear a chave",
    title: "Desbloquear a chave: escolha um PIN novo",
    lead: "O PIN antigo deixa de servir. Quando confirmar com o código, a chave volta a funcionar com o PIN novo.",
    steps: { form: "PIN novo", code: "Código", done: "Desbloqueada" },
    advice: [
      "Não use o PIN que a chave tinha.",
      "Não use datas, nem partes do telemóvel ou do documento.",
      "Não use algarismos repetidos ou seguidos, como 1111 ou 1234.",
    ],
    send: "Enviar código",
    codeTitle: "Escreva o código que recebeu",
    codeSent: (phone: string) => `Enviámos uma mensagem para ${phone}, o telemóvel da sua chave.`,
    codeCheck: "A mensagem tem de dizer DESBLOQUEAR. Se disser outra coisa, cancele.",
    noCode: "Já não tem esse telemóvel? Cancele e vá a um balcão com o seu documento.",
    confirm: "Confirmar e desbloquear",
    doneTitle: "A sua chave está desbloqueada",
    doneLead: "Já pode entrar em qualquer portal com o seu telemóvel e o PIN novo.",
    doneNote:
      "Por segurança, as sessões abertas com a chave terminaram. Avisámos o telemóvel e o e-mail da chave, se o indicou.",
  },
};
