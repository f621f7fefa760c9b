import type { ReferenceServer } from '../../reference-server/main.ts'

type Started = Pick<ReferenceServer, 'urls' | 'control' | 'health'>

/** What a developer sees first: where everything is, and a chat by hand. */
export function startText({ urls, control, health }: Started, service = 'customer-support'): string {
  const chat = `${urls[0]}/genesys/2/chat/${service}`
  const rows = [
    ...urls.map((url, node) => [`GMS node ${node + 1}`, `${url}/genesys/2/chat/<service>`]),
    ['CometD', `${urls[0]}/genesys/cometd, channel /service/chatV2/<service>`],
    ['CometD files', `${urls[0]}/genesys/2/chat-ntf`],
    ...health.map((url, server) => [`Chat Server ${server + 1} health`, url]),
    ...(control === undefined ? [] : [['control API', control]]),
    ['service', service],
  ]
  return [
    'The reference server is running. Ctrl-C ends it.',
    '',
    ...rows.map(([name, value]) => `  ${name!.padEnd(22)}${value}`),
    '',
    'A chat by hand; the first answer has the chatId and the tokens of the others:',
    '',
    `  curl -s ${chat} -d nickname=Ada -d subject=Hello`,
    `  curl -s ${chat}/<chatId>/send -d userId=<userId> -d secureKey=<secureKey> -d alias=<alias> -d message=Hi`,
    `  curl -s ${chat}/<chatId>/refresh -d userId=<userId> -d secureKey=<secureKey> -d alias=<alias> -d transcriptPosition=1`,
    `  curl -s ${chat}/<chatId>/disconnect -d userId=<userId> -d secureKey=<secureKey> -d alias=<alias>`,
    '',
    'Pushes go to chatgauge receive in another terminal. A session asks for them with the user data of asynchronous chat.',
  ].join('\n')
}
