import { buildAll } from '../build.ts'

const started = performance.now()
const built = await buildAll()
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(built.length === 0 ? 'build: nothing has changed' : `build: ${built.join(', ')} in ${seconds} s`)
