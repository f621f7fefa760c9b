import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findProgram } from '../../../scripts/peers/programs.ts'
import { freePort } from '../../runs/free-port.ts'

export type ProxyName = 'nginx' | 'haproxy' | 'apache'

export interface RunningProxy {
  url: string
  /** Ends all of it with this signal, starts it again on its port after that time: nobody is there meanwhile. */
  restart(signal: NodeJS.Signals, awayMs: number): Promise<void>
  stop(): Promise<void>
}

interface Kind {
  file: string
  /** How it is told its port, and started in the foreground with all it writes below `folder`. */
  listen(text: string, address: string): string
  args(configuration: string, folder: string): string[]
}

/** Each has one of its own: cookies know hosts, not ports. */
export const proxyHosts: Readonly<Record<ProxyName, string>> = {
  nginx: '127.0.0.2',
  haproxy: '127.0.0.3',
  apache: '127.0.0.4',
}

const kinds: Readonly<Record<ProxyName, Kind>> = {
  nginx: {
    file: 'nginx.conf',
    listen: (text, address) => text.replace('listen 80 ', `listen ${address} `),
    args: (configuration, folder) => [
      ...['-c', configuration, '-p', folder, '-e', 'stderr'],
      '-g',
      `daemon off; pid ${folder}/nginx.pid; error_log stderr;`,
    ],
  },
  haproxy: {
    file: 'haproxy.cfg',
    listen: (text, address) => text.replace('bind :80', `bind ${address}`),
    args: configuration => ['-f', configuration, '-db'],
  },
  apache: {
    file: 'apache.conf',
    listen: (text, address) =>
      text.replace('Listen 80', `Listen ${address}`).replace('*:80>', `*:${address.split(':')[1]}>`),
    args: (configuration, folder) => [
      ...['-f', configuration, '-d', folder, '-DFOREGROUND'],
      ...['-c', `PidFile ${folder}/pid`, '-c', `ErrorLog ${folder}/error.log`, '-c', `DefaultRuntimeDir ${folder}`],
    ],
  },
}

/** The configuration of deploy/proxies with nothing changed but port and addresses. */
export async function startProxy(name: ProxyName, nodes: readonly [string, string]): Promise<RunningProxy> {
  const { file, listen, args } = kinds[name]
  const host = proxyHosts[name]
  const folder = mkdtempSync(join(tmpdir(), `chatgauge-${name}-`))
  const port = await freePort()
  const text = readFileSync(fileURLToPath(new URL(`../../../deploy/proxies/${file}`, import.meta.url)), 'utf8')
  const configuration = join(folder, file)
  writeFileSync(
    configuration,
    nodes.reduce(
      (all, node, i) => all.replaceAll(`gms${i + 1}.example.com:8080`, new URL(node).host),
      listen(text, `${host}:${port}`),
    ),
  )
  const start = () => startProcess(name, args(configuration, folder), folder, host, port)
  let running = await start()
  return {
    url: `http://${host}:${port}`,
    async restart(signal, awayMs) {
      await running.end(signal)
      await sleep(awayMs)
      running = await start()
    },
    async stop() {
      await running.end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface ProxyProcess {
  end(signal: NodeJS.Signals): Promise<void>
}

async function startProcess(
  name: ProxyName,
  args: string[],
  folder: string,
  host: string,
  port: number,
): Promise<ProxyProcess> {
  const child = spawn(findProgram(name)!, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000)
    })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
  await untilItListens(child, host, port, () => said + readIfThere(join(folder, 'error.log')))
  /** A master that is killed would leave its workers at the port. */
  const killAll = () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const workers = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim()
    child.kill('SIGKILL')
    for (const pid of workers === '' ? [] : workers.split(' ').map(Number))
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // Gone with its master.
      }
  }
  return {
    async end(signal) {
      if (signal === 'SIGKILL') killAll()
      else child.kill(signal)
      const timer = setTimeout(killAll, 1_000)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Apache opens its log by name, and a pipe has none. */
function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

async function untilItListens(child: ChildProcess, host: string, port: number, said: () => string): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the proxy did not start: ${said()}`)
    const isOpen = await new Promise<boolean>(resolve => {
      const socket = connect(port, host, () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (isOpen) return
    await sleep(20)
  }
}
