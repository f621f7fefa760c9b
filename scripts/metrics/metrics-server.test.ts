import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type MetricsServer, type MetricsServerOptions, startMetricsServer } from './metrics-server.ts'

const started: MetricsServer[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of started.splice(0)) await server.close()
})

/** A server whose clock stands still, and which tells how often it was reckoned. */
async function start(options: Partial<MetricsServerOptions> = {}) {
  const clock = { ms: 0, texts: 0 }
  const server = await startMetricsServer({
    address: { host: '127.0.0.1', port: 0 },
    text: () => `figures ${++clock.texts}\n`,
    now: () => clock.ms,
    ...options,
  })
  started.push(server)
  return { server, clock, port: Number(new URL(server.url).port) }
}

async function scrape(url: string, init?: RequestInit): Promise<[status: number, body: string]> {
  const answer = await fetch(url, init)
  return [answer.status, await answer.text()]
}

/** Resolves when the other side has closed it. */
function hang(port: number, said: string): Promise<void> {
  const socket = connect(port, '127.0.0.1', () => socket.write(said))
  sockets.push(socket)
  return new Promise(resolve =>
    socket
      .resume()
      .on('error', () => {})
      .once('close', () => resolve()),
  )
}

test('GET /metrics is answered in the text format, anything else refused', async () => {
  const { server } = await start()
  const answer = await fetch(server.url)
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/plain; version=0.0.4; charset=utf-8',
    'figures 1\n',
  ])
  expect(await scrape(`${server.url}?x=1`)).toEqual([200, 'figures 1\n'])
  expect(await scrape(server.url.replace('/metrics', '/'))).toEqual([404, 'There is only /metrics here.\n'])
  expect(await scrape(server.url.replace('/metrics', '/metrics/x'))).toEqual([404, 'There is only /metrics here.\n'])
  const posted = await fetch(server.url, { method: 'POST', body: 'x' })
  expect([posted.status, posted.headers.get('allow'), await posted.text()]).toEqual([
    405,
    'GET',
    '/metrics is only for GET.\n',
  ])
  expect((await fetch(server.url, { method: 'HEAD' })).status).toBe(405)
})

test('figures are reckoned twice a second at most, and who floods is refused', async () => {
  const { server, clock } = await start()
  const answers: string[] = []
  for (let at = 0; at < 30; at += 1) answers.push((await scrape(server.url)).join(' '))
  expect(answers.filter(answer => answer === '200 figures 1\n')).toHaveLength(20)
  expect(answers.filter(answer => answer.startsWith('429'))).toHaveLength(10)
  clock.ms = 499
  expect((await scrape(server.url))[0]).toBe(429)
  clock.ms = 500
  expect(await scrape(server.url)).toEqual([200, 'figures 2\n'])
  expect(clock.texts).toBe(2)
})

test('who says nothing, half a request, or does not read is cut off; others are served again', async () => {
  const body = 'x'.repeat(16 * 1024 * 1024)
  const { server, port } = await start({ patienceMs: 1_000, text: () => body })
  const silent = Array.from({ length: 8 }, () => hang(port, 'GET /metrics HT').then(() => 'one of eight'))
  const tooMany = hang(port, '').then(() => 'one too many')
  expect(await Promise.race([...silent, tooMany])).toBe('one too many')
  await Promise.all(silent)
  const unread = connect(port, '127.0.0.1', () => unread.write('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n'))
  sockets.push(unread)
  // It reads nothing, so it finds the end only when it writes.
  const prodding = setInterval(() => unread.write('\r\n'), 20)
  const isCut = new Promise(resolve => unread.on('error', () => {}).once('close', () => resolve('cut off')))
  const [status, text] = await scrape(server.url)
  expect([status, text.length]).toEqual([200, body.length])
  expect(await isCut).toBe('cut off')
  clearInterval(prodding)
})

test('a figure that cannot be told costs the scrape only', async () => {
  const { server } = await start({
    text: () => {
      throw new Error('no figures')
    },
  })
  expect(await scrape(server.url)).toEqual([500, 'Error: no figures\n'])
  expect(await scrape(server.url)).toEqual([500, 'Error: no figures\n'])
})

test('a port in use is named, with what to do', async () => {
  const { port } = await start()
  await expect(startMetricsServer({ address: { host: '127.0.0.1', port }, text: () => '' })).rejects.toThrow(
    `--prometheus-port ${port} is in use by another program; choose a free one, or 0 for any`,
  )
})

test('at the end who scrapes regularly is waited for', async () => {
  const { server, clock } = await start()
  await server.lastScrape()
  await scrape(server.url)
  // Nobody knows yet when he comes again.
  await server.lastScrape()
  clock.ms = 10_000
  await scrape(server.url)
  // The reports take long; what asked meanwhile is served first, and does not count.
  clock.ms = 15_000
  const asked = scrape(server.url)
  let isOver = false
  const waited = server.lastScrape().then(() => {
    isOver = true
  })
  await asked
  expect(isOver).toBe(false)
  const served = performance.now() + 5_000
  while (!isOver && performance.now() < served) {
    clock.ms += 500
    await scrape(server.url)
  }
  await waited
  expect(performance.now()).toBeLessThan(served)
})

test('at the end who has gone, or comes too seldom, is not waited for', async () => {
  const gone = await start()
  await scrape(gone.server.url)
  gone.clock.ms = 1_000
  await scrape(gone.server.url)
  gone.clock.ms = 22_000
  await gone.server.lastScrape()

  const seldom = await start()
  await scrape(seldom.server.url)
  seldom.clock.ms = 60_000
  await scrape(seldom.server.url)
  await seldom.server.lastScrape()

  const late = await start()
  await scrape(late.server.url)
  late.clock.ms = 100
  await scrape(late.server.url)
  await late.server.lastScrape()
})
