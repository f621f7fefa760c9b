import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { probe, UnusableTarget } from './probe.ts'
import { fakeStack, jsonAnswer } from './runner/stack-for-tests.ts'
import { createHttp, type Http } from './story/http.ts'

const opened: { server: Server; http: Http; sockets: Set<Socket> }[] = []
afterEach(async () => {
  for (const { server, http, sockets } of opened.splice(0)) {
    await http.close()
    for (const socket of sockets) socket.destroy()
    server.close()
  }
})

async function sentence(server: Server, authorization?: string): Promise<string> {
  const sockets = new Set<Socket>()
  server.on('connection', socket => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const http = createHttp({ timeoutMs: 200 })
  opened.push({ server, http, sockets })
  const stack = fakeStack(() => jsonAnswer({}), { urls: [url], http, authorization })
  const error = await probe(stack).then(
    () => undefined,
    (refused: Error) => refused,
  )
  expect(error).toBeInstanceOf(UnusableTarget)
  return error!.message.replace(url, 'URL')
}

const raw = (bytes: string, isEnd: boolean) =>
  createTcpServer(socket =>
    socket.on('error', () => {}).on('data', () => (isEnd ? socket.end(bytes) : void socket.write(bytes))),
  )
const answering = (status: number, text: string, headers: Record<string, string> = {}) =>
  createServer(((_request, response) => response.writeHead(status, headers).end(text)) as RequestListener)

const dripping = createServer((_request, response) => {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
})

it.each<[string, Server, string | undefined, string]>([
  ['never answers', raw('', false), undefined, 'URL takes the connection and never completes an answer'],
  ['drips', dripping, undefined, 'URL takes the connection and never completes an answer'],
  [
    'closes half-way',
    raw('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"statusCode"', true),
    undefined,
    'URL closes the connection before its answer is complete',
  ],
  ['closes at once', raw('', true), undefined, 'URL closes the connection before its answer is complete'],
  [
    'is no HTTP server',
    raw('220 mail.example.com ESMTP\r\n', false),
    undefined,
    'URL does not speak HTTP: is it https://, or another kind of server?',
  ],
  [
    'asks for credentials with an HTML page',
    answering(401, '<html>Unauthorized</html>'),
    undefined,
    'URL asks for credentials for service care (HTTP 401): see credentials in its target.json',
  ],
  [
    'refuses credentials',
    answering(401, '{}'),
    'Basic eDp5',
    'URL refuses the credentials for service care (HTTP 401): see credentials in its target.json',
  ],
  [
    'answers with a page',
    answering(200, '<!DOCTYPE html><title>Welcome</title>'),
    undefined,
    'URL answers with an HTML page (HTTP 200): is this the URL of a GMS node?',
  ],
  [
    'sends elsewhere',
    answering(302, '', { location: '/login' }),
    undefined,
    'URL sends request chat elsewhere (HTTP 302, location /login): give the URL of a GMS node itself',
  ],
  [
    'has no such service',
    answering(404, '{"errors":[{"code":9003,"advice":"no"}]}'),
    undefined,
    'URL has no chat service care (HTTP 404, code 9003): name another with --service',
  ],
  [
    'is another API',
    answering(200, '{"ok":true}'),
    undefined,
    'URL answers, but not as a chat API does: there is no statusCode in "{\\"ok\\":true}"',
  ],
  [
    'starts no chat',
    answering(200, '{"statusCode":2,"errors":[{"code":240}]}'),
    undefined,
    'URL starts no chat on service care: statusCode 2, code 240',
  ],
])('a target that %s is told in one sentence', async (_what, server, authorization, expected) => {
  expect(await sentence(server, authorization)).toBe(expected)
})
