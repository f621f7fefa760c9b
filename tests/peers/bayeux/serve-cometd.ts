import { type CometdVersion, startCometd } from '../cometd/start-cometd.ts'

// CometD on Jetty as a target of the conformance suite: `serve-cometd.ts v3|v9 [OPTION=VALUE …]`, ends at SIGTERM.

const [version, ...words] = process.argv.slice(2)
const options = Object.fromEntries(words.map(word => word.split('=') as [string, string]))
const server = await startCometd(version as CometdVersion, options)
console.log(JSON.stringify({ ready: true, url: new URL(server.url).origin }))
const end = () => void server.stop().then(() => process.exit(0))
process.on('SIGTERM', end)
process.on('disconnect', end)
