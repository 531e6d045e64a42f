import { build } from 'vite'

/** Bundles a module into one script that a test can run inside a page. */
export async function buildForPage(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'chrome130',
      lib: { entry: file, formats: ['iife'], name: 'pageScript' },
    },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  const chunk = bundle && 'output' in bundle ? bundle.output[0] : undefined
  if (!chunk) throw new Error(`nothing was built from ${file}`)
  return chunk.code
}
