/** What every door for people says, in Portuguese of Portugal, the master: second person, short sentences, no jargon. */
import { createDates } from "./dates.ts";

export type KitWords = typeof kitPt;

export const kitPt = {
  dates: createDates("pt-PT", "h"),
  site: {
    name: "Chave",
    service: "A sua chave móvel",
    skip: "Saltar para o conteúdo",
    language: "Português",
    languageSwitch: "Mudar de língua",
    sandbox: "Demonstração: as pessoas, as cartas e as mensagens aqui são inventadas.",
    asks: "Pedido de",
    runBy: (who: string) => `Este serviço é operado por ${who}.`,
    footerLabel: "Informações sobre este serviço",
    contact: "Contactos",
  },
  actions: {
    continue: "Continuar",
    cancel: "Cancelar",
    cancelTo: (portal: string) => `Cancelar e voltar a «${portal}»`,
    backTo: (portal: string) => `Voltar a «${portal}»`,
    home: "Voltar ao início",
    startAgain: "Começar de novo",
    step: (step: number, of: number, name: string) => `Passo ${step} de ${of}: ${name}`,
    optional: "(opcional)",
    back: "Voltar",
    authorise: "Autorizar",
    refuse: "Recusar",
    signOut: "Terminar sessão",
    show: "Mostrar",
    hide: "Esconder",
  },
  errors: {
    title: "Erro",
    summary: "Corrija o seguinte para continuar",
    reference: (reference: string) => `Referência: ${reference}`,
    referenceHint: "Se pedir ajuda, indique esta referência.",
    notFound: { title: "Página não encontrada", text: "O endereço pode estar mal escrito, ou a página já não existe." },
    fault: {
      title: "Algo correu mal do nosso lado",
      text: "Não conseguimos concluir o pedido. Não é culpa sua. Tente de novo daqui a uns minutos.",
    },
    unavailable: {
      title: "O serviço está temporariamente indisponível",
      text: "Um dos serviços de que dependemos não responde. Tente de novo daqui a uns minutos.",
    },
    busy: {
      title: "Há mais pessoas a entrar do que conseguimos atender",
      text: "Neste momento recebemos pedidos a mais e damos a vez a quem já começou. Espere uns segundos e tente de novo. Nada do que escreveu foi guardado nem contado.",
    },
    sessionExpired: {
      title: "A sua sessão terminou",
      text: "Por segurança, a página esteve aberta demasiado tempo, ou o navegador não guardou os cookies. Volte ao início e comece de novo.",
    },
    otherSite: {
      title: "O pedido não veio desta página",
      text: "Por segurança, só aceitamos pedidos feitos nas nossas próprias páginas. Volte ao início e comece de novo.",
    },
    malformed: {
      title: "Não percebemos o pedido",
      text: "O que recebemos estava incompleto ou mal formado. Volte atrás e tente de novo.",
    },
    tooLarge: { title: "O pedido é grande demais", text: "O que enviou ultrapassa o que este formulário aceita." },
    mediaType: { title: "Formato não aceite", text: "Este endereço só aceita formulários enviados pelas nossas páginas." },
    tooManyRequests: {
      title: "Demasiados pedidos",
      text: "Recebemos muitos pedidos em pouco tempo. Espere uns minutos e tente de novo.",
    },
  },
  fields: {
    phone: {
      label: "Número de telemóvel",
      hint: "Por exemplo, 912 345 678. Se for estrangeiro, comece por + e o indicativo do país.",
      understood: (phone: string) => `Percebemos: ${phone}`,
      missing: "Escreva o seu número de telemóvel.",
      notPhone: "Escreva um número de telemóvel válido, por exemplo 912 345 678 ou +34 612 345 678.",
      notMobile: "Este número não parece ser de um telemóvel. Escreva um número que receba SMS.",
    },
    email: {
      label: "Endereço de e-mail",
      hint: "Serve para o avisar de mudanças na sua chave. Nunca enviamos links.",
      notEmail: "Escreva um endereço de e-mail completo, por exemplo nome@exemplo.pt, ou deixe vazio.",
    },
    pin: {
      label: "PIN",
      hint: "4 a 8 algarismos. Se recebeu uma carta, use o PIN temporário que vem nela.",
      missing: "Escreva o seu PIN.",
      notPin: "O PIN tem entre 4 e 8 algarismos, sem letras nem espaços.",
    },
    code: {
      label: "Código de segurança",
      hint: "Os 6 algarismos da mensagem.",
      missing: "Escreva o código que recebeu.",
      notCode: "O código tem 6 algarismos. Confirme na mensagem.",
    },
    newPin: {
      label: "Novo PIN",
      hint: "4 a 8 algarismos. Com 6 ou mais fica mais seguro.",
      repeatLabel: "Repita o novo PIN",
      missing: "Escreva o PIN que quer usar.",
      repeatMissing: "Escreva o novo PIN outra vez.",
      different: "Os dois PIN não são iguais. Escreva-os outra vez.",
      weakness: {
        "pin.length": "O PIN tem de ter entre 4 e 8 algarismos, sem letras nem espaços.",
        "pin.repeats": "Este PIN repete algarismos. Escolha um menos fácil de adivinhar.",
        "pin.run": "Este PIN tem algarismos seguidos. Escolha um menos fácil de adivinhar.",
        "pin.birth-date": "Este PIN faz parte da sua data de nascimento. Escolha outro.",
        "pin.phone": "Este PIN faz parte do seu número de telemóvel. Escolha outro.",
        "pin.document": "Este PIN faz parte do número do seu documento. Escolha outro.",
        "pin.common": "Este PIN é dos mais usados. Escolha um menos fácil de adivinhar.",
        "pin.temporary": "Este é o PIN da carta. Escolha um diferente.",
      },
    },
    consent: { missing: "Para continuar, assinale a caixa de autorização." },
  },
  fraud: "Nunca pedimos o PIN por telefone ou SMS. Não enviamos links.",
  advice: {
    desk: "Vá a um balcão com o seu documento de identificação e o seu telemóvel.",
    deskLink: "O que levar ao balcão",
    wait: "Pode tentar mais tarde.",
    none: "",
  },
  cardReader: {
    lead: "Depois escolha como o navegador fala com o cartão. O PIN pedido é o de autenticação do cartão, e só o cartão o vê.",
    byBrowserTitle: "Pelo próprio navegador",
    byBrowser:
      "Abre uma página que pede o certificado do cartão. Escolha o de autenticação. Precisa de ter instalado o programa do cartão de cidadão.",
    byBrowserAction: "Ler pelo navegador",
    webEidTitle: "Com a extensão Web eID",
    webEid:
      "Se tem a extensão Web eID instalada, a leitura faz-se sem sair desta página. É a única parte deste serviço que precisa de JavaScript.",
    webEidAction: "Ler com Web eID",
    webEidWaiting: "À espera do cartão…",
    webEidMissing: "Não encontrámos a extensão Web eID neste navegador. Instale-a, ou leia pelo próprio navegador.",
    timeLimit: (time: string) => `Tem até às ${time} para usar o cartão nesta página.`,
    /** Why a card did not identify anybody: the same, whatever it was asked for. */
    reasons: {
      "card.absent": {
        title: "Não encontrámos o cartão",
        why: "Não houve leitor, cartão ou certificado. Ligue o leitor, insira o cartão com o chip para dentro e tente outra vez. Se o PIN foi escrito errado três vezes, o cartão está bloqueado, e só num balcão o desbloqueiam. Antes de tentar outra vez, feche todas as janelas do navegador: só então ele volta a procurar o cartão.",
      },
      "card.not-recognised": {
        title: "Não reconhecemos este cartão",
        why: "O que recebemos não é o certificado de autenticação de um cartão de cidadão.",
      },
      "card.wrong-certificate": {
        title: "Escolheu o certificado de assinatura",
        why: "O cartão tem dois certificados. Para se identificar, escolha o de autenticação.",
      },
      "card.unknown-issuer": {
        title: "Este cartão não foi emitido por uma entidade que conheçamos",
        why: "Só aceitamos cartões de cidadão emitidos pelo Estado.",
      },
      "card.expired": {
        title: "O certificado do cartão está fora da validade",
        why: "O certificado de autenticação do seu cartão já não é válido.",
      },
      "card.revoked": {
        title: "O certificado do cartão foi revogado",
        why: "Quem emitiu o cartão diz que o certificado já não vale. Acontece quando o cartão é cancelado ou substituído.",
      },
      "card.suspended": {
        title: "O certificado do cartão está suspenso",
        why: "Quem emitiu o cartão diz que o certificado está suspenso.",
      },
      "card.status-unavailable": {
        title: "Não conseguimos confirmar se o cartão está válido",
        why: "O serviço que diz se os cartões estão válidos não responde. Sem essa resposta, não deixamos entrar ninguém.",
      },
      "card.answer-invalid": {
        title: "A resposta do cartão não é válida",
        why: "A resposta não corresponde ao que pedimos neste momento.",
      },
      "card.gone": {
        title: "Este pedido ao cartão já terminou",
        why: "Passou demasiado tempo, já foi usado, ou foi aberto noutro navegador.",
      },
      "card.cancelled": {
        title: "A leitura do cartão foi cancelada",
        why: "Fechou a janela do PIN, ou passou o tempo para o escrever. Se o PIN estava errado, lembre-se: ao fim de três erros o cartão bloqueia, e só num balcão o desbloqueiam.",
      },
      "card.pin-blocked": {
        title: "O PIN do cartão está bloqueado",
        why: "O PIN de autenticação foi escrito errado três vezes. Só pode ser desbloqueado num balcão.",
      },
      "card.reader-failed": {
        title: "O leitor não conseguiu ler o cartão",
        why: "O programa do leitor deu um erro. Retire o cartão, insira-o outra vez e volte a tentar.",
      },
      "registry.unavailable": {
        title: "O registo civil não responde",
        why: "Não conseguimos confirmar os seus dados no registo civil neste momento.",
      },
      "person.unknown": {
        title: "Não encontrámos os seus dados",
        why: "O registo civil não conhece ninguém com estes dados.",
      },
      "person.name-mismatch": {
        title: "Os seus dados não coincidem",
        why: "O nome que nos indicaram não é igual ao do registo civil.",
      },
    },
  },
  code: {
    validUntil: (time: string) => `O código é válido até às ${time}.`,
    resend: "Enviar outro código",
    resendFrom: (time: string) => `Não recebeu? Pode pedir outro a partir das ${time}.`,
    noResend: "Já não é possível enviar mais códigos. Espere pela mensagem ou comece de novo.",
    tooSoon: (time: string) => `Ainda é cedo para pedir outro código. Espere até às ${time}. A mensagem pode demorar.`,
    tooSoonSoon: "Ainda é cedo para pedir outro código. Espere meio minuto. A mensagem pode demorar.",
    noMore: "Já enviámos o máximo de códigos. Espere pela mensagem ou comece de novo.",
    wrong: (left: number | null) =>
      left === null
        ? "O código não está certo. Confirme na mensagem mais recente."
        : `O código não está certo. Pode tentar mais ${left === 1 ? "uma vez" : `${left} vezes`}.`,
  },
  attributes: {
    civil_id: { label: "Número de identificação civil", why: "Identifica-o sem enganos" },
    tax_number: { label: "Número de contribuinte", why: "Identifica-o em impostos e faturas" },
    name: { label: "Nome completo", why: "Para saber com quem trata" },
    given_names: { label: "Nomes próprios", why: "Para o tratar pelo nome" },
    family_names: { label: "Apelidos", why: "Para saber com quem trata" },
    birth_date: { label: "Data de nascimento", why: "Para confirmar a idade" },
    nationality: { label: "Nacionalidade", why: "Para saber que regras se aplicam" },
    address: { label: "Morada", why: "Para lhe enviar correspondência" },
    phone: { label: "Telemóvel", why: "Para o contactar" },
    email: { label: "Endereço de e-mail", why: "Para o contactar" },
    document_kind: { label: "Tipo de documento", why: "Para saber que documento usa" },
    document_number: { label: "Número do documento", why: "Para confirmar o documento" },
    document_expires: { label: "Validade do documento", why: "Para confirmar que está válido" },
  },
  documentKinds: {
    CC: "Cartão de cidadão",
    BI: "Bilhete de identidade",
    PAS: "Passaporte",
    TR: "Título de residência",
    CR: "Cartão de residência",
  },
};
