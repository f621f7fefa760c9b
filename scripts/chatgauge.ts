import { main } from './program/main.ts'

process.exitCode = await main(process.argv.slice(2))
