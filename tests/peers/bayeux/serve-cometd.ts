import { type CometdVersion, startCometd } from '../cometd/start-cometd.ts'

// CometD on Jetty as a target of the conformance suite: `serve-cometd.ts v3|v9 [port=N] [OPTION=VALUE …]`, ends at SIGTERM.

const [version, ...words] = process.argv.slice(2)
const { port = 0, ...options } = Object.fromEntries(words.map(word => word.split('=') as [string, string]))
const server = await startCometd(version as CometdVersion, options, Number(port))
console.log(JSON.stringify({ ready: true, url: new URL(server.url).origin }))
const end = () => void server.stop().then(() => process.exit(0))
process.on('SIGTERM', end)
process.on('disconnect', end)
