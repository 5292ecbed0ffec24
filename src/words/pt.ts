/** The master catalogue: Portuguese of Portugal, second person, short sentences, no jargon. */
import { createDates } from "./dates.ts";

export type Words = typeof pt;

/** Why a card did not identify anybody: the same, whatever it was asked for. */
const cardReasons = {
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
};

export const pt = {
  dates: createDates("pt-PT", "h"),
  site: {
    name: "Chave",
    service: "A sua chave móvel",
    skip: "Saltar para o conteúdo",
    otherLanguage: "English",
    languageSwitch: "Mudar de língua",
    sandbox: "Demonstração: as pessoas, as cartas e as mensagens aqui são inventadas.",
    runBy: (who: string) => `Este serviço é operado por ${who}.`,
    footerLabel: "Informações sobre este serviço",
    help: "Ajuda",
    accessibility: "Acessibilidade",
    privacy: "Privacidade",
    terms: "Termos de utilização",
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
      missing: "Escreva o código que recebeu por SMS.",
      notCode: "O código tem 6 algarismos. Confirme na mensagem.",
    },
    newPin: {
      label: "Novo PIN",
      hint: "4 a 8 algarismos. Com 6 ou mais fica mais seguro.",
      repeatLabel: "Repita o novo PIN",
      missing: "Escreva o PIN que quer usar.",
      repeatMissing: "Escreva o novo PIN outra vez.",
      different: "Os dois PIN não são iguais. Escreva-os outra vez.",
    },
    consent: { missing: "Para continuar, assinale a caixa de autorização." },
  },
  home: {
    title: "Portal de autenticação",
    lead: "Com a chave móvel entra em portais públicos e privados com o seu telemóvel e um PIN só seu.",
    menuLabel: "Serviços",
    keyTitle: "Chave móvel",
    keyText: "Peça a sua chave. É gratuita. Veja as três maneiras de a ativar e o que precisa.",
    keyAction: "Ativar a chave",
    areaTitle: "Área reservada",
    areaText: "Veja como está a sua chave e os seus dados, e desbloqueie-a se estiver bloqueada.",
    areaAction: "Entrar na área reservada",
    helpTitle: "Ajuda",
    helpText: "Validade, telemóvel perdido, PIN esquecido e como reconhecer uma mensagem verdadeira.",
    helpAction: "Ver a ajuda",
    howTitle: "Como funciona",
    how: [
      "No portal onde quer entrar, escolha a chave móvel.",
      "Escreva o seu número de telemóvel e o seu PIN.",
      "Escreva o código que recebe por SMS.",
      "Veja que dados o portal pede e decida se os autoriza.",
    ],
  },
  fraud: "Nunca pedimos o PIN por telefone ou SMS. Não enviamos links.",
  activate: {
    title: "Ativar a sua chave móvel",
    lead: "Há três maneiras. Todas são gratuitas. Escolha a que lhe dá mais jeito.",
    needs: "Precisa de",
    takes: "Demora",
    costs: "Custa",
    free: "Nada, é gratuito",
    allows: "Permite",
    ways: {
      taxAuthority: {
        title: "Com as Finanças e uma carta",
        text: "Pela internet, sem leitor de cartões.",
        needs: ["cartão de cidadão válido", "número de contribuinte e senha do Portal das Finanças", "o seu telemóvel à mão"],
        takes: "10 minutos, e depois até 5 dias úteis à espera da carta",
        allows: "Entrar nos portais. Para assinar documentos terá de ir a um balcão.",
        action: "Ativar com as Finanças",
      },
      citizenCard: {
        title: "Com o cartão de cidadão",
        text: "Pela internet, com leitor de cartões.",
        needs: ["cartão de cidadão válido", "leitor de cartões", "PIN de autenticação do cartão", "o seu telemóvel à mão"],
        takes: "10 minutos, fica logo pronta",
        allows: "Entrar nos portais e assinar documentos.",
        action: "Ativar com o cartão",
      },
      desk: {
        title: "Num balcão",
        text: "Com a ajuda de uma pessoa.",
        needs: ["documento de identificação", "o seu telemóvel consigo"],
        takes: "Uma visita, fica logo pronta",
        allows: "Entrar nos portais e assinar documentos.",
        action: "O que levar ao balcão",
      },
    },
    beforeTitle: "Antes de escolher",
    before: [
      "Quem ativa com as Finanças só pode ativar a assinatura digital num balcão.",
      "Quem tem bilhete de identidade, e não cartão de cidadão, tem de ir a um balcão.",
      "Qualquer cidadão, nacional ou estrangeiro, pode ter a chave, ligada ao seu documento.",
    ],
  },
  citizenCard: {
    title: "Ativar com o cartão de cidadão",
    lead: "Esta maneira precisa de um leitor de cartões ligado ao computador. A chave fica pronta no próprio dia.",
    bringTitle: "O que é preciso",
    bring: [
      "O cartão de cidadão, dentro da validade.",
      "Um leitor de cartões.",
      "O PIN de autenticação do cartão, que veio na carta do cartão.",
      "O telemóvel que quer ligar à chave, consigo no momento.",
    ],
    allowsTitle: "O que permite",
    allows: [
      "Entrar em todos os portais que aceitam a chave.",
      "Ativar logo a assinatura digital, a partir dos 16 anos.",
      "Substituir uma chave que já tenha, depois de o confirmar.",
    ],
    otherTitle: "Não tem leitor de cartões?",
    other: "Pode ativar com as Finanças e uma carta, ou num balcão.",
    start: "Continuar com o cartão",
    closed: "Esta maneira não está disponível aqui neste momento. Escolha outra.",
    steps: { card: "Cartão", consent: "Autorização", contact: "Telemóvel e PIN", code: "Código", done: "Pronta" },
    readerTitle: "Insira o cartão no leitor",
    readerLead:
      "Depois escolha como o navegador fala com o cartão. O PIN pedido é o de autenticação do cartão, e só o cartão o vê.",
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
    consentTitle: "Autoriza a leitura destes dados?",
    consentLead: "É isto que lemos do cartão e do registo civil para ligar a chave a si.",
    learned: {
      name: "Nome",
      civilId: "Número de identificação civil",
      birthDate: "Data de nascimento",
      documentExpires: "Validade do cartão",
      address: "Morada",
    },
    replaceTitle: "Já tem uma chave. Quer substituí-la?",
    replaceLead:
      "Se continuar, a chave que tem deixa de servir quando a nova ficar pronta, e não antes. Avisamos o telemóvel e o e-mail da chave antiga.",
    replace: "Substituir a chave",
    keep: "Ficar com a que tenho",
    contactTitle: (name: string) => `Olá, ${name}. Prepare a sua chave`,
    contactLead: "Vai receber neste número um código, agora e sempre que usar a chave.",
    signatureLegend: "Assinatura digital",
    signatureLabel: "Quero assinar documentos com a chave (a partir dos 16 anos)",
    signaturePin: "PIN de assinatura",
    signaturePinHint: "Deixe vazio para usar o mesmo PIN.",
    signaturePinRepeat: "Repita o PIN de assinatura",
    signatureTooYoung: "Só pode assinar documentos a partir dos 16 anos. Desmarque a caixa para continuar.",
    signaturePinWeak: "Este PIN de assinatura é fácil de adivinhar. Escolha outro de 4 a 8 algarismos.",
    confirm: "Confirmar e ativar a chave",
    doneTitle: "A sua chave está pronta",
    doneLead: "Já pode entrar em qualquer portal com o número de telemóvel e o PIN que escolheu.",
    doneNext: [
      "No portal onde quer entrar, escolha a chave móvel.",
      "Escreva o seu número de telemóvel e o PIN que escolheu.",
      "Escreva o código que recebe por SMS.",
    ],
    doneWish:
      "Se pediu a assinatura digital, guardámos o pedido. A assinatura ainda não está disponível; não precisa de fazer mais nada.",
  },
  desk: {
    title: "Ativar num balcão",
    lead: "Um funcionário confirma o seu documento. É sempre você que escreve o código e o PIN: ninguém os vê.",
    bringTitle: "O que levar",
    bring: [
      "Cidadãos nacionais: cartão de cidadão, bilhete de identidade ou passaporte.",
      "Cidadãos estrangeiros: passaporte, título de residência ou cartão de residência.",
      "O telemóvel que quer ligar à chave.",
    ],
    taxNumber:
      "Com título ou cartão de residência é obrigatório ter número de contribuinte. Com passaporte não é, mas recomendamos que o associe.",
    whereTitle: "Onde ir",
    where: ["Espaços Cidadão", "Registos e Notariado", "Espaços Empresa", "RIAC, nos Açores"],
    whereNote: "Em muitos balcões é preciso marcar. Confirme antes de sair de casa.",
    allowsTitle: "O que permite",
    allows: [
      "Entrar em todos os portais que aceitam a chave.",
      "Ativar logo a assinatura digital, a partir dos 16 anos.",
      "Desbloquear uma chave bloqueada, com um PIN novo.",
    ],
    pickUp: "Se vai levantar um cartão de cidadão novo, pode ativar a chave na mesma altura.",
  },
  taxAuthority: {
    steps: { identify: "Finanças", contact: "Telemóvel", code: "Código", done: "Carta" },
    title: "Ativar com as Finanças",
    lead: "Vamos levá-lo ao Portal das Finanças para confirmar quem é. Depois volta aqui.",
    whatTitle: "O que vai acontecer",
    what: [
      "No Portal das Finanças, entre com o número de contribuinte e a senha, e autorize que nos deem o seu número e o seu nome.",
      "De volta aqui, escreva o seu número de telemóvel.",
      "Escreva o código que lhe enviamos por SMS.",
      "Em 5 dias úteis recebe uma carta com um PIN temporário, na morada do seu cartão de cidadão.",
    ],
    warningTitle: "Antes de começar",
    warnings: [
      "Só serve para quem tem cartão de cidadão válido. Se tem bilhete de identidade, vá a um balcão.",
      "Com esta maneira, a assinatura digital só pode ser ativada num balcão.",
      "Se houver um erro, por segurança terá de começar do início.",
    ],
    start: "Continuar no Portal das Finanças",
    otherWays: "Ver as outras maneiras",
    contactTitle: (name: string) => `Olá, ${name}. Que telemóvel quer ligar à chave?`,
    contactLead: "Vai receber neste número um código, agora e sempre que usar a chave.",
    consentLegend: "Autorização",
    consentLabel:
      "Autorizo que obtenham a minha identificação civil, nome, morada, data de nascimento e data de validade do cartão de cidadão (obrigatório)",
    sendCode: "Enviar código",
    codeTitle: "Escreva o código que recebeu",
    codeSent: (phone: string) => `Enviámos uma mensagem para ${phone}.`,
    confirm: "Confirmar e pedir a carta",
    wrongPhone: "Não é este o número? Cancele e comece de novo.",
    doneTitle: "A sua carta vai a caminho",
    doneLead: (day: string) =>
      `Deve chegar dentro de 5 dias úteis, até ${day}, à morada do seu cartão de cidadão. Traz um PIN temporário.`,
    daysLabel: "Percurso da carta",
    days: {
      requested: "Pedida",
      printed: "Impressa e entregue aos correios",
      delivered: "Entregue em sua casa",
      by: (day: string) => `até ${day}`,
      here: "agora",
      done: "feito",
    },
    letterStates: {
      returned: "A carta foi devolvida pelos correios e o PIN que levava já não serve. Vá a um balcão com o seu documento.",
      used: "O PIN da carta já foi usado. A sua chave está ativa.",
      cancelled: "Este pedido foi cancelado e o PIN da carta já não serve.",
      expired: "O PIN desta carta perdeu a validade. Pode pedir outra carta.",
    },
    referenceLabel: "Referência do pedido",
    phoneLabel: "Telemóvel",
    requestedLabel: "Pedida em",
    expiresLabel: "O PIN da carta vale até",
    nextTitle: "Quando a carta chegar",
    next: [
      "Entre em qualquer portal que aceite a chave móvel.",
      "Escreva o seu número de telemóvel e o PIN temporário da carta.",
      "Escolha o seu próprio PIN, de 4 a 8 algarismos.",
    ],
    nextWarning: "Não diga o PIN a ninguém. Para assinar documentos, terá de ativar a assinatura num balcão.",
    print: "Guarde ou imprima esta página.",
    another: "Se a carta não chegar, pode fazer um novo pedido.",
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
  cardRefused: {
    again: "Tentar outra vez com o cartão",
    withKey: "Entrar com a chave móvel",
    advice: {
      desk: "Num balcão podem dizer-lhe o que se passa com o cartão. Leve-o consigo.",
      wait: "Espere uns minutos e tente outra vez.",
    },
    reasons: {
      ...cardReasons,
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
  cardGone: {
    title: "Este pedido ao cartão já terminou",
    text: "Passou demasiado tempo, ou o endereço que abriu já não existe. O seu cartão não foi lido. Volte à página ou ao portal onde estava e comece de novo.",
  },
  activationRefused: {
    start: "Começar de novo",
    nothingKept: "Por segurança, não guardámos nada do que escreveu.",
    advice: {
      desk: "Vá a um balcão com o seu documento de identificação e o seu telemóvel.",
      deskLink: "O que levar ao balcão",
      wait: "Pode tentar mais tarde.",
      none: "",
    },
    reasons: {
      ...cardReasons,
      "consent.refused": {
        title: "Não autorizou a leitura dos dados",
        why: "Sem estes dados não é possível ligar a chave ao seu cartão.",
      },
      "key.changed": {
        title: "A sua chave mudou entretanto",
        why: "Enquanto fazia este pedido, passou a ter outra chave. Nada foi substituído.",
      },
      "key.kept": {
        title: "Ficou com a chave que já tinha",
        why: "Não quis substituir a sua chave. Continua tudo como estava.",
      },
      "activation.gone": {
        title: "Este pedido já não está ativo",
        why: "Passou demasiado tempo, foi cancelado, ou começou outro pedido noutra janela.",
      },
      "activation.out-of-step": {
        title: "Este passo já não está disponível",
        why: "A página que enviou não corresponde ao ponto em que o pedido está. Pode ter usado o botão de voltar ou duas janelas.",
      },
      "tax-authority.refused": {
        title: "Não deu a autorização nas Finanças",
        why: "Sem o seu número de contribuinte e o seu nome não podemos confirmar quem é.",
      },
      "tax-authority.failed": {
        title: "Não conseguimos confirmar quem é",
        why: "A resposta do Portal das Finanças não é válida ou já não está a tempo.",
      },
      "tax-authority.unavailable": {
        title: "O Portal das Finanças não responde",
        why: "Não conseguimos falar com o Portal das Finanças neste momento.",
      },
      "person.deceased": {
        title: "Não é possível ativar esta chave",
        why: "O registo civil não permite ativar uma chave com estes dados.",
      },
      "document.identity-document": {
        title: "Com bilhete de identidade, a ativação é num balcão",
        why: "A ativação pelas Finanças só serve para quem tem cartão de cidadão.",
      },
      "document.not-citizen-card": {
        title: "É preciso um cartão de cidadão",
        why: "A ativação pela internet só serve para quem tem cartão de cidadão. Com outro documento, ative num balcão.",
      },
      "document.expired": {
        title: "O seu cartão de cidadão está fora da validade",
        why: "Para ativar pela internet, o cartão tem de estar válido. Quando renovar o cartão, pode ativar a chave ao levantá-lo.",
      },
      "document.cancelled": {
        title: "O seu cartão de cidadão está cancelado",
        why: "Para ativar pela internet, o cartão tem de estar válido. Quando tiver um novo, pode ativar a chave ao levantá-lo.",
      },
      "address.unknown": {
        title: "Não temos uma morada para a carta",
        why: "O registo civil não tem a morada completa do seu cartão de cidadão.",
      },
      "address.recently-changed": {
        title: "A sua morada mudou há pouco tempo",
        why: "Para sua proteção, não enviamos PIN por carta nos 30 dias depois de mudar a morada.",
      },
      "key.exists": {
        title: "Já tem uma chave móvel",
        why: "A ativação pelas Finanças nunca substitui uma chave que já existe. Se se esqueceu do PIN ou mudou de telemóvel e tem leitor de cartões, substitua-a com o cartão de cidadão. Sem leitor, trata-se num balcão.",
      },
      "letter.pending": {
        title: "Já tem uma carta a caminho",
        why: "Espere pela carta que pediu. Se não chegar, pode tratar do assunto num balcão.",
      },
      "letter.returned": {
        title: "A sua última carta foi devolvida",
        why: "Os correios não conseguiram entregar a carta na morada do seu cartão de cidadão.",
      },
      "letter.too-soon": {
        title: "Pediu uma carta há menos de um dia",
        why: "Por segurança, só é possível pedir uma carta em cada 24 horas.",
      },
      "letter.too-many": {
        title: "Já pediu três cartas este ano",
        why: "Por segurança, há um limite de três cartas por ano.",
      },
      "phone.taken": {
        title: "Este telemóvel já está ligado a outra chave",
        why: "Cada número só pode estar ligado a uma chave. Use outro número.",
      },
      "sms.too-many": {
        title: "Não podemos enviar mais mensagens para já",
        why: "Enviámos muitas mensagens em pouco tempo.",
      },
      "code.wrong": {
        title: "O código não está certo",
        why: "O código que escreveu não é o que enviámos.",
      },
      "code.expired": {
        title: "O código perdeu a validade",
        why: "Passou o tempo para escrever o código.",
      },
    },
  },
  signIn: {
    asks: "Pedido de",
    steps: { identify: "Telemóvel e PIN", code: "Código", card: "Cartão", consent: "Autorização" },
    onlyOnce: "Só desta vez",
    ways: { label: "Como quer entrar", key: "Chave móvel", card: "Cartão de cidadão" },
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
    consentTitle: (portal: string) => `${portal} pede os seus dados`,
    consentLead: (name: string) => `${name}, se autorizar, enviamos só o que está nesta lista.`,
    consentNothing: (name: string) =>
      `${name}, este portal não pede dados seus: só fica a saber que é a mesma pessoa da próxima vez.`,
    required: "Necessários para entrar",
    optional: "Opcionais: desmarque o que não quer dar",
    noValue: "não temos este dado",
    authorise: "Autorizar",
    refuse: "Recusar",
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
    unblock: "Desbloquear a chave",
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
    signOut: "Terminar sessão",
    signedOut: {
      title: "A sua sessão terminou",
      text: "Neste navegador, já ninguém pode ver os seus dados nem usar a sua chave sem se identificar outra vez.",
      again: "Entrar outra vez",
    },
  },
  unblock: {
    title: "Desbloquear a chave: escolha um PIN novo",
    lead: "O PIN antigo deixa de servir. Quando confirmar com o código, a chave volta a funcionar com o PIN novo.",
    steps: { pin: "PIN novo", code: "Código", done: "Desbloqueada" },
    advice: [
      "Não use o PIN que a chave tinha.",
      "Não use datas, nem partes do telemóvel ou do documento.",
      "Não use algarismos repetidos ou seguidos, como 1111 ou 1234.",
    ],
    send: "Enviar código",
    codeTitle: "Escreva o código que recebeu",
    codeSent: (phone: string) => `Enviámos uma mensagem para ${phone}, o telemóvel da sua chave.`,
    codeCheck: "A mensagem tem de dizer DESBLOQUEAR. Se disser outra coisa, cancele.",
    noPhone: "Já não tem esse telemóvel? Cancele e vá a um balcão com o seu documento.",
    confirm: "Confirmar e desbloquear",
    doneTitle: "A sua chave está desbloqueada",
    doneLead: "Já pode entrar em qualquer portal com o seu telemóvel e o PIN novo.",
    doneNote:
      "Por segurança, as sessões abertas com a chave terminaram. Avisámos o telemóvel e o e-mail da chave, se o indicou.",
    backToArea: "Voltar à área reservada",
    refused: {
      nothingKept: "Por segurança, não guardámos nada do que escreveu.",
      reasons: {
        "key.none": { title: "Não tem uma chave para desbloquear", why: "Ainda não tem uma chave móvel." },
        "key.not-locked": { title: "A sua chave não está bloqueada", why: "Não há nada a desbloquear: pode usá-la." },
        "key.pending-letter": {
          title: "A sua chave ainda não foi usada",
          why: "Uma chave que espera pela carta não se desbloqueia: use o PIN temporário, ou ative-a com o cartão de cidadão.",
        },
        "key.frozen": {
          title: "A sua chave está congelada",
          why: "Congelou a chave, e isso não se resolve com um PIN novo.",
        },
        "key.suspended": {
          title: "A sua chave está suspensa",
          why: "Uma chave suspensa não se desbloqueia com um PIN novo.",
        },
        "key.expired": {
          title: "A sua chave deixou de ser válida",
          why: "A validade da chave acabou com a do documento. Renove primeiro o documento.",
        },
        "unblocking.gone": {
          title: "Este pedido já não está ativo",
          why: "Passou demasiado tempo, ou o pedido foi cancelado.",
        },
        "unblocking.out-of-step": {
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
        "code.wrong": { title: "O código não está certo", why: "O código que escreveu não é o que enviámos." },
        "code.expired": { title: "O código perdeu a validade", why: "Passou o tempo para escrever o código." },
        "key.changed": {
          title: "A sua chave mudou entretanto",
          why: "Enquanto fazia este pedido, a chave foi desbloqueada, substituída ou cancelada noutro lado.",
        },
      },
    },
  },
  signOut: {
    title: "Terminar a sessão?",
    text: "A sua sessão neste navegador termina em todos os portais.",
    action: "Terminar sessão",
    stay: "Não terminar",
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
  help: {
    title: "Ajuda",
    lead: "As perguntas mais frequentes sobre a chave móvel.",
    sections: [
      {
        id: "real-messages",
        title: "Como reconhecer uma mensagem verdadeira",
        text: [
          "Nunca pedimos o PIN por telefone, SMS ou e-mail. Ninguém dos balcões o pede.",
          "As nossas mensagens nunca trazem links. Se trouxer um link, é falsa.",
          "A mensagem com o código diz o nome do portal e o que vai acontecer. Se não foi você que pediu, não use o código e não o diga a ninguém.",
        ],
      },
      {
        id: "lost-phone",
        title: "Perdi o telemóvel, ou roubaram-mo",
        text: [
          "Peça à sua operadora que bloqueie o cartão SIM. Quem encontrar o telemóvel ainda precisa do seu PIN.",
          "Para ligar a chave a outro número, vá a um balcão com o seu documento e o novo telemóvel.",
        ],
      },
      {
        id: "forgotten-pin",
        title: "Esqueci-me do PIN, ou a chave ficou bloqueada",
        text: [
          "Ao fim de 3 PIN errados espera 5 minutos, ao fim de 5 espera 30 minutos e ao fim de 7 espera 2 horas. Ao fim de 10, a chave fica bloqueada.",
          "Para desbloquear e escolher um PIN novo, entre na área reservada com o cartão de cidadão e um leitor. Ou vá a um balcão com o seu documento e o telemóvel.",
        ],
      },
      {
        id: "letter",
        title: "A carta com o PIN",
        text: [
          "Chega em 5 dias úteis à morada do seu cartão de cidadão. O PIN temporário vale 30 dias e só serve para a primeira entrada.",
          "Se não pediu nenhuma carta e recebeu uma, não use o PIN e vá a um balcão com a referência que vem na carta.",
        ],
      },
      {
        id: "validity",
        title: "Validade da chave",
        text: [
          "Com cartão de cidadão ou bilhete de identidade, a chave vale até 30 dias depois da validade do documento. Com outro documento, vale até à validade dele.",
          "Nunca vale mais de 10 anos e 30 dias. Se renovar o documento a tempo, a chave continua sem que tenha de fazer nada.",
        ],
      },
      {
        id: "code-missing",
        title: "O código não chega",
        text: [
          "Espere meio minuto e peça outro. Só o código mais recente serve.",
          "Veja se o telemóvel tem rede. No estrangeiro, a mensagem pode demorar mais.",
        ],
      },
    ],
    contactTitle: "Contactos",
  },
  accessibility: {
    title: "Acessibilidade",
    text: [
      "Queremos que todas as pessoas possam usar este serviço. Procuramos cumprir as regras WCAG 2.2, nível AA.",
      "Pode usar todas as páginas só com o teclado, com leitor de ecrã, com letra até 400 % e sem JavaScript. Há modo claro e escuro, conforme o seu equipamento.",
      "As páginas são verificadas de forma automática sempre que mudam. Ainda não foram testadas com um grupo de pessoas com deficiência.",
      "Se encontrar uma dificuldade, diga-nos. Num balcão também o podem ajudar.",
    ],
  },
  privacy: {
    title: "Privacidade",
    text: [
      "Guardamos só o que é preciso para a sua chave funcionar: quem é, o seu documento, a morada para a carta, o telemóvel e, se o deu, o e-mail.",
      "Nenhum portal recebe dados sem a sua autorização, e cada portal conhece-o por um identificador diferente.",
      "O seu PIN não pode ser lido por ninguém. Os códigos são apagados depois de usados.",
      "Não há publicidade, nem estatísticas de terceiros, nem conteúdos de outros sites.",
    ],
    cookiesTitle: "Cookies",
    cookies: [
      "session: liga os passos do que está a fazer. Desaparece quando fecha o navegador.",
      "browser: reconhece este navegador, para que estranhos não possam bloquear a sua chave. Dura 13 meses.",
      "signed_in: evita pedir o PIN outra vez, no máximo durante 8 horas.",
      "lang: lembra a língua que escolheu. Dura 13 meses.",
    ],
  },
  terms: {
    title: "Termos de utilização",
    text: [
      "A chave é pessoal. Não diga o PIN nem os códigos a ninguém, nem os deixe usar por outra pessoa.",
      "Antes de autorizar, veja sempre que portal pede os dados e quais são.",
      "Se perder o telemóvel, ou achar que alguém conhece o seu PIN, trate disso logo: veja a ajuda.",
      "O serviço é gratuito. Pode deixar de o usar quando quiser.",
    ],
  },
};
