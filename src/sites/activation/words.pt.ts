/** How a key is activated, in Portuguese, the master. */
import { kitPt } from "../kit/words.pt.ts";

export type ActivationWords = typeof activationPt;

export const activationPt = {
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
    otherWays: "Ver as outras maneiras",
    sendCode: "Enviar código",
    codeTitle: "Escreva o código que recebeu",
    codeSent: (phone: string) => `Enviámos uma mensagem para ${phone}.`,
    wrongPhone: "Não é este o número? Cancele e comece de novo.",
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
    contactTitle: (name: string) => `Olá, ${name}. Que telemóvel quer ligar à chave?`,
    contactLead: "Vai receber neste número um código, agora e sempre que usar a chave.",
    consentLegend: "Autorização",
    consentLabel:
      "Autorizo que obtenham a minha identificação civil, nome, morada, data de nascimento e data de validade do cartão de cidadão (obrigatório)",
    confirm: "Confirmar e pedir a carta",
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
  activationRefused: {
    start: "Começar de novo",
    nothingKept: "Por segurança, não guardámos nada do que escreveu.",
    reasons: {
      ...kitPt.cardReader.reasons,
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
};
