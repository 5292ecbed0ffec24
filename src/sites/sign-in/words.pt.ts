/** Signing in at a portal, in Portuguese, the master. */
import { kitPt } from "../kit/words.pt.ts";

export type SignInWords = typeof signInPt;

export const signInPt = {
  signIn: {
    steps: { identify: "Telemóvel e PIN", code: "Código", card: "Cartão", consent: "Autorização" },
    onlyOnce: "Só desta vez",
    proofs: { label: "Como quer entrar", "key-and-code": "Chave móvel", "citizen-card": "Cartão de cidadão" },
    cardTitle: "Entrar com o cartão de cidadão",
    cardOnly: (portal: string) =>
      `${portal} pede o nível de confiança mais alto, que só o cartão de cidadão dá. A chave móvel não chega.`,
    cardOnlyHere: "Para desbloquear a chave, insira o cartão de cidadão no leitor.",
    cardClosedHereTitle: "Neste momento não lemos cartões",
    cardClosedHere: "Pela internet, uma chave bloqueada só se desbloqueia com o cartão de cidadão.",
    cardLead:
      "Insira o cartão no leitor e escolha como o navegador fala com ele. O PIN pedido é o de autenticação do cartão, e só o cartão o vê. Não precisa de ter uma chave.",
    cardClosedTitle: "Este portal só aceita o cartão de cidadão",
    cardClosed: (portal: string) =>
      `${portal} pede o nível de confiança mais alto, que só o cartão de cidadão dá. Este serviço não lê cartões neste momento.`,
    cardClosedNext: "Volte ao portal e veja se pode entrar de outra maneira.",
    identifyTitle: "Entrar com a chave móvel",
    identifyLead: "Escreva o número de telemóvel ligado à sua chave e o seu PIN.",
    codeTitle: "Escreva o código que recebeu",
    codeSent: (phone: string) => `Enviámos uma mensagem para ${phone}.`,
    codeCheck: (portal: string) => `A mensagem tem de dizer «${portal}», talvez sem acentos. Se disser outro nome, cancele.`,
    confirm: "Confirmar",
    refused:
      "O número de telemóvel ou o PIN não estão certos, ou a chave não pode ser usada agora. Se a chave for sua, enviámos-lhe um SMS a explicar.",
    codeExpired: "O código perdeu a validade. Escreva outra vez o telemóvel e o PIN para receber um novo.",
    forgotTitle: "Esqueceu-se do PIN?",
    forgot:
      "O PIN não pode ser visto por ninguém, nem por nós. Se a chave já está bloqueada, desbloqueie-a na área reservada com o cartão de cidadão e um PIN novo. Também pode ir a um balcão com o seu documento e o telemóvel.",
    noKeyTitle: "Ainda não tem chave?",
    noKey: "Veja como ativar a chave móvel",
    newPinTitle: "Escolha o seu PIN",
    newPinLead:
      "O PIN da carta era temporário e só servia para hoje. O novo PIN é o que vai usar a partir de agora. Guarde-o só para si.",
    newPinAdvice: [
      "Não use datas, nem partes do telemóvel ou do documento.",
      "Não use algarismos repetidos ou seguidos, como 1111 ou 1234.",
      "Não use o PIN da carta.",
    ],
    newPinAction: "Guardar o PIN",
    consentTitle: (portal: string) => `${portal} pede os seus dados`,
    consentLead: (name: string) => `${name}, se autorizar, enviamos só o que está nesta lista.`,
    consentNothing: (name: string) =>
      `${name}, este portal não pede dados seus: só fica a saber que é a mesma pessoa da próxima vez.`,
    postedTitle: "A voltar ao portal",
    postedLead: "Se nada acontecer dentro de alguns segundos, prima «Continuar».",
    required: "Necessários para entrar",
    optional: "Opcionais: desmarque o que não quer dar",
    noValue: "não temos este dado",
    refuseNote: (portal: string) => `Se recusar, volta a «${portal}» sem entrar e nenhum dado é enviado.`,
    gone: {
      title: "Este pedido de entrada já terminou",
      text: "Passou demasiado tempo, já foi concluído ou cancelado, ou foi aberto noutro navegador. Volte ao portal onde queria entrar e comece de novo.",
    },
    usedUp: {
      title: "A sua chave ficou bloqueada",
      why: "O código foi escrito errado três vezes depois de um PIN certo. Para o proteger, bloqueámos a chave.",
      next: "Para a desbloquear e escolher um PIN novo, entre na área reservada com o cartão de cidadão, ou vá a um balcão com o seu documento e o telemóvel.",
    },
    tooManySms: {
      title: "Não podemos enviar mais mensagens para já",
      why: "Foram pedidos muitos códigos em pouco tempo.",
      next: "Espere uns minutos e comece de novo no portal.",
    },
    tooManyTries: {
      title: "Demasiadas tentativas",
      why: "Houve muitas tentativas a partir desta ligação à internet.",
      next: "Espere uns minutos e comece de novo no portal.",
    },
  },
  cardRefused: {
    again: "Tentar outra vez com o cartão",
    withKey: "Entrar com a chave móvel",
    advice: {
      desk: "Num balcão podem dizer-lhe o que se passa com o cartão. Leve-o consigo.",
      wait: "Espere uns minutos e tente outra vez.",
    },
    reasons: {
      ...kitPt.cardReader.reasons,
      "person.deceased": {
        title: "Não é possível entrar com este cartão",
        why: "O registo civil não permite entrar com estes dados.",
      },
      "document.not-citizen-card": {
        title: "Este cartão já não é o seu documento",
        why: "O registo civil diz que o seu documento de identificação já não é um cartão de cidadão.",
      },
      "document.expired": {
        title: "O seu cartão de cidadão está fora da validade",
        why: "Para entrar com o cartão, ele tem de estar válido.",
      },
      "document.cancelled": {
        title: "O seu cartão de cidadão está cancelado",
        why: "O registo civil diz que este cartão foi cancelado. Para entrar com o cartão, ele tem de estar válido.",
      },
    },
  },
  portalRequest: {
    request: {
      title: "Este pedido não está correto",
      text: "O portal de onde vem enviou um pedido que não podemos aceitar. Volte ao portal e tente de novo.",
    },
    expired: {
      title: "Este pedido já terminou",
      text: "Passou demasiado tempo, ou o pedido já teve resposta. Volte ao portal e comece de novo.",
    },
    fault: {
      title: "Não foi possível continuar",
      text: "Tivemos uma falha. Volte ao portal e tente de novo daqui a uns minutos.",
    },
  },
  signOut: {
    title: "Terminar a sessão?",
    text: "A sua sessão neste navegador termina em todos os portais.",
    action: "Terminar sessão",
    stay: "Não terminar",
  },
};
