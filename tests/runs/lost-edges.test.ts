import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startReceiver } from '../../receiver/main.ts'
import { runChatgauge, startChatgauge } from './run-chatgauge.ts'
import { itWithK6 } from './with-k6.ts'

const workload = [
  ...['run', 'async-chat', '--sessions', '10', '--arrival', '20/s', '--warm-up', '500ms', '--hold', '2s'],
  ...['--message-rate', '20/s', '--agent-rate', '20/s', '--reply-delay', '100ms', '--observe', '1s'],
  ...['--push', 'payload', '--seed', '3', '--shards', '1', '--threshold', 'push_latency p(90)<1000'],
]

itWithK6('the socket that wakes a shard is cut: invalid, and the shard says which', async () => {
  const receiver = await startReceiver({ port: 0, host: '127.0.0.1', status: 200, log: () => {} })
  const proxy = await startProxy(Number(new URL(receiver.url).port))
  const run = startChatgauge([...workload, '--receiver', proxy.url])
  // The first sockets of the shard and its sessions are there by then.
  await expect.poll(() => receiver.counts().triggersSent, { timeout: 30_000 }).toBeGreaterThan(5)
  proxy.cut('/triggers')
  const { exit, stdout } = await run.finished
  expect([exit, stdout]).toEqual([3, expect.stringMatching(/^INVALID .* the receiver's socket .*\/triggers/)])
  await proxy.close()
  await receiver.close()
})

const whereFull = process.env.K6_BIN && existsSync('/dev/full') ? it : it.skip

whereFull('a full disk: the verdict is printed, says what is missing, and does not pass', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'chatgauge-full-')), 'result')
  mkdirSync(folder)
  const full = ['histograms.hlog', 'server.log', 'result.json.part']
  for (const file of full) symlinkSync('/dev/full', join(folder, file))
  const { exit, stdout } = await runChatgauge(...workload, '--out', folder)
  expect(exit).toBe(3)
  expect(stdout).toMatch(
    /^INVALID .*histograms.hlog could not be written: ENOSPC.*result.json could not be written: ENOSPC/,
  )
  expect(readFileSync(join(folder, 'report.html'), 'utf8')).toContain('histograms.hlog could not be written: ENOSPC')
  for (const file of full) unlinkSync(join(folder, file))
})

/** Passes connections on, and cuts those whose request was for a path. */
async function startProxy(port: number) {
  const open = new Map<Socket, string>()
  const server = createServer(client => {
    const upstream = connect(port, '127.0.0.1')
    client.once('data', data => open.set(client, String(data).split(' ')[1] ?? ''))
    client.pipe(upstream).pipe(client)
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on('error', () => other.destroy())
      socket.once('close', () => other.destroy())
    }
    client.once('close', () => open.delete(client))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut(path: string) {
      for (const [client, asked] of open) if (asked.startsWith(path)) client.resetAndDestroy()
    },
    close() {
      for (const client of open.keys()) client.destroy()
      return new Promise(done => server.close(done))
    },
  }
}
