import { registerHooks } from 'node:module'

// The product's receiver with the one module replaced that tells the collector of each POST.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith('/observation-stream.ts')
      ? { url: new URL('./counting-stream.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
await import('./receiver.ts')
