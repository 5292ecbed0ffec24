/** The start page, the help and the statements, in Portuguese, the master. */
export type HomeWords = typeof homePt;

export const homePt = {
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
  cardGone: {
    title: "Este pedido ao cartão já terminou",
    text: "Passou demasiado tempo, ou o endereço que abriu já não existe. O seu cartão não foi lido. Volte à página ou ao portal onde estava e comece de novo.",
  },
};
