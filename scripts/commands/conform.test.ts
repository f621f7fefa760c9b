import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { accepted, started } from '../../conformance/runner/stack-for-tests.ts'
import { freePort } from '../../tests/runs/free-port.ts'
import { main } from '../program/main.ts'

let out: string[]
let err: string[]
let close: (() => void) | undefined
beforeEach(() => {
  out = []
  err = []
  vi.spyOn(console, 'log').mockImplementation(line => void out.push(line))
  vi.spyOn(console, 'error').mockImplementation(line => void err.push(line))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  close?.()
  close = undefined
})

function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  close = () => server.closeAllConnections()
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )
}

function targetFolder(members: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-target-'))
  const target = { describes: 'of a test', service: 'customer-support', ...members }
  writeFileSync(join(folder, 'target.json'), JSON.stringify(target))
  return folder
}

describe('against the reference server', () => {
  it('some cases of every kind pass, and the result is printed', async () => {
    const chosen = ['CV2-087/after-send', 'CS-060/after-15-seconds', 'OPT-008/push-enabled', 'PUSH-070/held-answer']
    expect(await main(['conform', '--seed', '7', ...chosen.flatMap(id => ['--case', id])])).toBe(0)
    expect(out.join('\n')).toContain('\nchat-v2\n  Send and refresh: 1 of 1\n')
    expect(out.join('\n')).toMatch(/\nPASS {2}conform: reference: 4 cases of 5 rules, 0 failed \(\d+\.\d s\)$/)
  })

  it('a planted fault is told with rule, story, messages and place', async () => {
    const code = await main([
      'conform',
      '--fault',
      'refresh-one-too-late',
      '--case',
      'CV2-085/from-the-middle',
      '--seed',
      '7',
    ])
    const text = out
      .join('\n')
      .replace(/127\.0\.0\.1:\d+/g, 'gms')
      .replace(/chat\/customer-support\/\w+/g, 'chat/customer-support/ID')
    expect(code).toBe(1)
    for (const part of [
      'rule      CV2-085 MUST (documented, its edge observed): ',
      '\n    expected  ',
      '\n    found     ',
      'read      docs/rules/chat-v2.md#cv2-085; ',
      'story     1. customer requests a chat → 200, statusCode 0, ParticipantJoined #1, nextPosition 2',
      'request   POST http://gms/genesys/2/chat/customer-support/ID/refresh',
      'transcriptPosition=3',
    ])
      expect(text).toContain(part)
    expect(text).not.toMatch(/secureKey=[0-9a-f]/)
  })
})

it('with a fault, what cites its rules is told first, and it is planted anew for each case', async () => {
  // Touches one message only.
  const cases = ['PUSH-075/failed-post', 'PUSH-043/same-content', 'PUSH-043/every-kind']
  const args = ['conform', '--fault', 'change-text', '--seed', '7', ...cases.flatMap(id => ['--case', id])]
  expect(await main(args)).toBe(1)
  const told = [...out.join('\n').matchAll(/^✗ (\S+)/gm)].map(found => found[1])
  expect(told).toEqual(['PUSH-043/same-content', 'PUSH-043/every-kind', 'PUSH-075/failed-post'])
  expect(out.join('\n')).toContain('\nbroken rules, by failed cases: PUSH-043 in 2, PUSH-075 in 1\n')
})

describe('a target that cannot be tested is exit 2 and one sentence', () => {
  const sentence = async (...args: string[]) => {
    const code = await main(['conform', ...args])
    return [code, err.at(-1)]
  }
  it('nothing listens', async () => {
    expect(await sentence('--target', 'http://127.0.0.1:1')).toEqual([
      2,
      'chatgauge: http://127.0.0.1:1 cannot be reached: connection refused (nothing listens there)',
    ])
  })
  it('an HTML page', async () => {
    const url = await serve((_request, response) => response.end('<!doctype html><title>Welcome</title>'))
    expect(await sentence('--target', url)).toEqual([
      2,
      `chatgauge: ${url} answers with an HTML page (HTTP 200): is this the URL of a GMS node?`,
    ])
  })
  it('no such service', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(404).end('{"errors":[{"code":9003,"advice":""}]}'),
    )
    expect(await sentence('--target', url, '--service', 'care')).toEqual([
      2,
      `chatgauge: ${url} has no chat service care (HTTP 404, code 9003): name another with --service`,
    ])
  })
  it('credentials', async () => {
    const url = await serve((_request, response) => response.writeHead(401).end('{}'))
    expect((await sentence('--target', url))[1]).toContain(
      'asks for credentials for service customer-support (HTTP 401)',
    )
  })
  it('wrong credentials, which come from the environment', async () => {
    const url = await serve((_request, response) => response.writeHead(401).end('{}'))
    vi.stubEnv('GMS_USER', 'ann').stubEnv('GMS_PASSWORD', 'wrong')
    const credentials = { userVariable: 'GMS_USER', passwordVariable: 'GMS_PASSWORD' }
    expect(await sentence('--target', targetFolder({ urls: [url], credentials }))).toEqual([
      2,
      `chatgauge: ${url} refuses the credentials for service customer-support (HTTP 401): see credentials in its target.json`,
    ])
  })
  it('a receiver that the target does not reach, after one probe session', async () => {
    const requests: string[] = []
    const url = await serve((request, response) => {
      requests.push(request.url!.split('/').at(-1)!)
      response.end(JSON.stringify(requests.length === 1 ? started : accepted))
    })
    const receiver = `http://127.0.0.1:${await freePort()}/push`
    expect(await sentence('--target', targetFolder({ urls: [url], receiver, patience: '100ms' }))).toEqual([
      2,
      `chatgauge: no push of ${url} arrived at ${receiver} within 0.1 s: does the target post there (customhttp.url), and can it reach this host?`,
    ])
    expect(requests).toEqual(['customer-support', 'send', 'disconnect'])
  })
  it('a port of the receiver that is in use', async () => {
    const url = await serve(() => {})
    const [code, line] = await sentence('--target', url, '--receiver', `${url}/push`)
    expect([code, line]).toEqual([2, expect.stringMatching(/--receiver \S+: port \d+ of this host is in use/)])
  })
  it('a connection that is closed half-way', async () => {
    const server = createTcpServer(socket =>
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{')),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    close = () => server.close()
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect((await sentence('--target', url))[1]).toBe(
      `chatgauge: ${url} closes the connection before its answer is complete`,
    )
  })
  it.each([
    [
      ['--target', 'refrence'],
      '--target refrence is no URL and no folder with a target.json (did you mean reference?)',
    ],
    [['--target', 'http://a/b'], 'only host and port are needed (http://a)'],
    [['--target', 'http://a', '--fault', 'any-key'], '--fault plants faults in the reference server'],
    [['--capabilities', 'push-snik'], '--capabilities push-snik is not known (did you mean push-sink?)'],
    [['--target', 'http://a', '--capabilities', 'node-api'], 'node-api needs the credentials of the node status API'],
    [['--ca', '/no/such.pem'], '--ca /no/such.pem: there is no such file'],
    [['--ca', 'package.json'], '--ca package.json has no certificate in PEM form'],
    [['--known-failing', '/no/such.json'], '--known-failing /no/such.json: there is no such file'],
    [['--junit', 'package.json/x.xml'], '--junit package.json/x.xml cannot be written: '],
    [['--explain', 'CV2-4711'], '--explain CV2-4711 is no rule and no case'],
    [['--fault', 'any-kee'], '--fault any-kee is not known (did you mean any-key?)'],
  ])('%j', async (args, why) => {
    const [code, line] = await sentence(...args)
    expect([code, line]).toEqual([2, expect.stringContaining(why)])
  })
})

it('--list and --explain read the same data', async () => {
  expect(await main(['conform', '--list', '--only', 'CV2-087'])).toBe(0)
  expect(out[0]).toMatch(/^chat-v2\/send-and-refresh\n/)
  expect(out[0]).toMatch(/^ {2}CV2-087\/after-send {2}nextPosition is /m)
  expect(await main(['conform', '--explain', 'cv2-087'])).toBe(0)
  expect(out[1]).toMatch(/^ {2}cases .*\bCV2-087\/after-send\b/m)
})
