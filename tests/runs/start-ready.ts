import { type Running, startChatgauge } from './run-chatgauge.ts'

/** A foreground command on a free port, once it has told where it is. */
export async function startReady(...args: string[]): Promise<{ running: Running; url: string }> {
  const running = startChatgauge([...args, '--port', '0', '--json'])
  const deadline = performance.now() + 20_000
  while (!running.stdout().includes('\n')) {
    if (performance.now() > deadline) throw new Error(`${args[0]} is not ready: ${running.stderr()}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return { running, url: (JSON.parse(running.stdout().split('\n')[0]!) as { url: string }).url }
}
