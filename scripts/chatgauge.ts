import { main } from './program/main.ts'

const exitCode = await main(process.argv.slice(2)).catch(error => {
  console.error(error)
  console.error('chatgauge: this is a bug in chatgauge, the lines above help to find it')
  return 2
})
// Timers and connections of a server that was closed must not keep the program; output to files and pipes is written.
process.exit(exitCode)
