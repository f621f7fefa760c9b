import type { Command, Typed } from '../program/command.ts'
import { stopSignal } from '../program/stop-signal.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'reference GMS and Chat Server in the foreground: one node, one Chat Server, port 8080',
  words: '',
  options: [
    {
      name: 'port',
      value: 'N',
      help: 'port of the first GMS node, the next ones follow; 0 = free ones',
      default: '8080',
    },
    {
      name: 'host',
      value: 'ADDRESS',
      help: 'address to listen on; 0.0.0.0 for clients on other hosts',
      default: '127.0.0.1',
    },
    {
      name: 'control-port',
      value: 'N',
      help: 'JSON control API on this port, 0 = a free one; without it there is none',
    },
    {
      name: 'control-host',
      value: 'ADDRESS',
      help: 'address of the control API; needs --control-token',
      default: '127.0.0.1',
    },
    { name: 'control-token', value: 'TEXT', help: 'token that the control API asks for' },
    { name: 'config', value: 'FILE.ini', help: 'documented defaults plus this file, instead of the async push set-up' },
    { name: 'set', value: 'SECTION.OPTION=VALUE', help: 'one option, after the file', repeatable: true },
    { name: 'gms-nodes', value: 'N', help: 'GMS nodes', default: '1' },
    { name: 'chat-servers', value: 'N', help: 'Chat Servers', default: '1' },
    { name: 'time-scale', value: 'X', help: 'how many times faster the clock of the server runs', default: '1' },
    { name: 'fault', value: 'NAME[:ARGS]', help: 'plants a fault from the start; see --list-faults' },
    { name: 'no-agent', help: 'no scripted agent: nobody joins and answers sessions of a chatgauge scenario' },
    {
      name: 'agent-join-delay',
      value: 'D|DIST',
      help: 'from the start of a session to the agent in it',
      default: 'const(500ms)',
    },
    {
      name: 'agent-reply-delay',
      value: 'D|DIST',
      help: 'from a customer message to its answer',
      default: 'uniform(1s,3s)',
    },
    {
      name: 'agent-rate',
      value: 'N/s',
      help: 'unprompted messages of the agent, all sessions together',
      default: '0/s',
    },
    { name: 'seed', value: 'N', help: 'of the agent and of faults; keys stay random', default: '1' },
    { name: 'log-level', value: 'LEVEL', help: 'debug, info, warn or error', default: 'info' },
    { name: 'print-config', help: 'prints all options in force as INI and ends' },
    { name: 'list-faults', help: 'prints the faults that can be planted and ends' },
    { name: 'json', help: 'for programs: one line when it is ready; the log is JSON on stderr' },
  ],
  examples: [
    { line: 'chatgauge serve', does: 'starts it and says what to try with curl' },
    {
      line: 'chatgauge serve --set settings.flex-disconnect-timeout=20 --print-config',
      does: 'what would be in force',
    },
    { line: 'chatgauge serve --fault drop-push:nth=10', does: 'loses the tenth push of a message' },
    {
      line: 'chatgauge serve --set refserver.https-certificate=cert.pem --set refserver.https-key=key.pem',
      does: 'speaks HTTPS and wss',
    },
    {
      line: 'chatgauge serve --gms-nodes 2 --chat-servers 2 --control-port 8100',
      does: 'a cluster that can be controlled',
    },
  ],
  notes:
    'Without --config the set-up is that of the documentation for asynchronous chat with push, and pushes go to\n' +
    'http://127.0.0.1:9090/push, where chatgauge receive listens. DIST is const(5ms), uniform(1s,3s), exp(2s), …\n' +
    'Options of the server itself (CometD endpoint, HTTPS, files) are in docs/reference/server-options.md.\n' +
    'Ctrl-C ends it, and all chats with it.',
  run,
}

async function run(typed: Typed): Promise<number> {
  const { readConfiguration, printConfiguration } = await import('../serve/configuration.ts')
  if (typed.has('list-faults')) {
    console.log((await import('../serve/fault-list.ts')).faultList())
    return 0
  }
  if (typed.has('print-config')) {
    console.log(printConfiguration(readConfiguration(typed)))
    return 0
  }
  const { readServeSettings } = await import('../serve/settings.ts')
  const settings = readServeSettings(typed)
  const { startReferenceServer } = await import('../../reference-server/main.ts')
  const server = await startReferenceServer(settings)
  const { urls, control, health } = server
  if (typed.has('json')) console.log(JSON.stringify({ ready: true, url: urls[0], urls, control, health }))
  else console.log((await import('../serve/start-text.ts')).startText(server))

  await stopSignal()
  await server.close()
  return 0
}
