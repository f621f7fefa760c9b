import { main } from './program/main.ts'

const exitCode = await main(process.argv.slice(2)).catch(error => {
  console.error(error)
  console.error('chatgauge: this is a bug in chatgauge, the lines above help to find it')
  return 2
})
// Timers and connections of a server that was closed must not keep the program. Output to files is written by now, output to a
// socket (a program that started us, as most CI runners do) may not be.
await Promise.all([process.stdout, process.stderr].map(written))
process.exit(exitCode)

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    // Nobody reads any more.
    stream.once('error', () => resolve())
    stream.write('', () => resolve())
  })
}
