import { isNode, lineOf, parseSource, type SyntaxNode, walk } from '../import-table/parse-source.ts'

/** What k6 2.2 does not have although TypeScript knows it; measured with k6 2.2.0. */
const missingGlobals = [
  ...['performance', 'fetch', 'URL', 'URLSearchParams', 'AbortController', 'structuredClone', 'queueMicrotask'],
  ...['setImmediate', 'atob', 'btoa', 'Buffer', 'process', 'Intl', 'WebAssembly', 'WeakRef', 'SharedArrayBuffer'],
  ...['Blob', 'FormData', 'window', 'document'],
]
const missingMembers = [
  ...['Symbol.asyncIterator', 'Object.groupBy', 'Map.groupBy', 'Promise.withResolvers', 'Error.captureStackTrace'],
  // Chance comes from the seed of the run.
  'Math.random',
]

/** What must not run in k6, one line each: `file:line what`. */
export function k6Findings(text: string, file: string): string[] {
  const tree = parseSource(text, file)
  const declared = declaredNames(tree)
  const found: string[] = []
  walk(tree, (node, parents) => {
    const what = problemOf(node, parents, declared)
    if (what !== undefined) found.push(`${file}:${lineOf(text, node.start)} ${what}`)
  })
  return found
}

function problemOf(
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
  declared: ReadonlySet<string>,
): string | undefined {
  switch (node.type) {
    case 'ForOfStatement':
      return node.await === true ? 'for await: k6 loops for ever or refuses it' : undefined
    case 'FunctionDeclaration':
    case 'FunctionExpression':
      return node.async === true && node.generator === true ? 'async generator: Sobek cannot parse it' : undefined
    case 'VariableDeclaration':
      return String(node.kind).includes('using') ? 'using: Sobek cannot parse it' : undefined
    case 'ImportExpression':
      return 'import(): k6 has no dynamic modules'
    case 'ImportDeclaration':
      return /^https?:/.test((node.source as { value: string }).value) ? 'import from the network' : undefined
    case 'Literal':
      return isNode(node) && 'regex' in node
        ? regexProblem(node.regex as { pattern: string; flags: string })
        : undefined
    case 'MemberExpression':
      return memberProblem(node)
    case 'CallExpression':
      return reusedBuffer(node, parents)
    case 'Identifier':
      return isReference(node, parents) &&
        missingGlobals.includes(String(node.name)) &&
        !declared.has(String(node.name))
        ? `${node.name}: k6 has none`
        : undefined
    default:
      return undefined
  }
}

function regexProblem({ pattern, flags }: { pattern: string; flags: string }): string | undefined {
  if (/\\[pP]\{/.test(pattern)) return '\\p{…}: matches the literal text in k6, silently'
  return /[vd]/.test(flags) ? `regular expression flag ${flags}: k6 refuses it` : undefined
}

function memberProblem(node: SyntaxNode): string | undefined {
  const named = (each: unknown) => (isNode(each) && each.type === 'Identifier' ? String(each.name) : '')
  const member = `${named(node.object)}.${named(node.property)}`
  return missingMembers.includes(member) ? `${member}: not in k6` : undefined
}

/**
 * `socket.send` does not copy: a buffer that lives longer than the call is overwritten before it is on the wire. Only
 * the buffer of an array that was made in the same function may be sent.
 */
function reusedBuffer(node: SyntaxNode, parents: readonly SyntaxNode[]): string | undefined {
  const callee = node.callee as SyntaxNode
  const [argument] = node.arguments as SyntaxNode[]
  const isSend = callee.type === 'MemberExpression' && (callee.property as SyntaxNode).name === 'send'
  if (!isSend || argument?.type !== 'MemberExpression' || (argument.property as SyntaxNode).name !== 'buffer')
    return undefined
  const array = argument.object as SyntaxNode
  if (makesFresh(array)) return undefined
  const around = parents.findLast(each => /Function/.test(each.type))
  const isLocal = array.type === 'Identifier' && around !== undefined && madeIn(around, String(array.name))
  return isLocal ? undefined : 'send of a buffer that was not made for this message: k6 does not copy it'
}

function madeIn(around: SyntaxNode, name: string): boolean {
  let made = false
  walk(around.body as SyntaxNode, node => {
    const id = node.type === 'VariableDeclarator' ? (node.id as SyntaxNode) : undefined
    if (id?.name === name && makesFresh(node.init)) made = true
  })
  return made
}

/** `new …`, `.slice()` or what a function answers; a subarray looks into the same buffer. */
function makesFresh(value: unknown): boolean {
  if (!isNode(value)) return false
  if (value.type === 'NewExpression') return true
  const callee = value.type === 'CallExpression' ? (value.callee as SyntaxNode) : undefined
  return callee !== undefined && (callee.property as SyntaxNode | undefined)?.name !== 'subarray'
}

/** Not a key, not a member's name, not a type. */
function isReference(node: SyntaxNode, parents: readonly SyntaxNode[]): boolean {
  const parent = parents.at(-1)
  if (parent === undefined || parents.some(each => isTypeOnly(each))) return false
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true
  if (['Property', 'MethodDefinition', 'PropertyDefinition'].includes(parent.type))
    return parent.value === node || parent.computed === true
  return !['ImportSpecifier', 'ExportSpecifier', 'LabeledStatement', 'MetaProperty'].includes(parent.type)
}

/** `x as URL` and `x!` have a value inside, other TypeScript nodes have not. */
function isTypeOnly(node: SyntaxNode): boolean {
  const withValue = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']
  return node.type.startsWith('TS') && !withValue.includes(node.type)
}

/** Names that the file binds itself, wherever: good enough to tell `url(URL: string)` from the missing global. */
function declaredNames(tree: SyntaxNode): Set<string> {
  const names = new Set<string>()
  const bind = (pattern: unknown): void => {
    if (!isNode(pattern)) return
    if (pattern.type === 'Identifier') names.add(String(pattern.name))
    else
      for (const inner of [pattern.left, pattern.argument, ...list(pattern.elements), ...list(pattern.properties)])
        bind(inner)
    if (pattern.type === 'Property') bind(pattern.value)
  }
  walk(tree, node => {
    if (node.type === 'VariableDeclarator' || /^(Function|Class)/.test(node.type)) bind(node.id)
    if (/Function/.test(node.type)) for (const parameter of list(node.params)) bind(parameter)
    if (/^Import.*Specifier$/.test(node.type)) bind(node.local)
    if (node.type === 'CatchClause') bind(node.param)
  })
  return names
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
