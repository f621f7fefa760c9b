import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseOptions } from '../../scenarios/options.ts'
import { assertGms } from './assert-gms.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  open.push(() => server.close().closeAllConnections())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function optionsOf(target: string, ...more: [string, string][]) {
  return parseOptions([['target', target], ...more], 'async-chat').options!
}

const started = { statusCode: 0, chatId: 'c1', userId: 'u1', secureKey: 'k1', alias: '1', chatEnded: false }

test('a target that begins a chat is left as it was found: the chat is ended', async () => {
  const asked: [string, string | undefined][] = []
  const host = await listen((request, response) => {
    asked.push([request.url!, request.headers.authorization])
    response.end(JSON.stringify(started))
  })
  await assertGms(optionsOf(`http://ann:p%40ss@${host}`))
  const authorization = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`
  expect(asked).toEqual([
    ['/genesys/2/chat/customer-support', authorization],
    ['/genesys/2/chat/customer-support/c1/disconnect', authorization],
  ])
})

test.each<[string, [string, string][], RegExp]>([
  ['a page', [], /answers with an HTML page \(HTTP 501\): is this the URL of a GMS node\?$/],
  ['no handshake', [['transport', 'websocket']], /\/genesys\/cometd answers no handshake: HTTP 501/],
])('a target that has %s for us is refused before there is any load', async (_, options, message) => {
  const host = await listen((_request, response) => {
    response.writeHead(501, { 'content-type': 'text/html' }).end('<html>no</html>')
  })
  await expect(assertGms(optionsOf(`http://${host}`, ...options))).rejects.toThrow(message)
})

test('who is asked for credentials is told where they go', async () => {
  const host = await listen((_request, response) => void response.writeHead(401).end('{}'))
  await expect(assertGms(optionsOf(`http://${host}`))).rejects.toThrow(/in the URL, as http:\/\/name:password@host$/)
})
