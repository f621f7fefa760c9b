import { isNode, lineOf, parseSource, type SyntaxNode, walk } from './parse-source.ts'

export interface FoundImport {
  /** As written; `(computed)` where it is no literal. */
  specifier: string
  line: number
}

/** Static, dynamic, re-exported and type-only imports, `import('…').Type` and `require` included. */
export function importsOf(text: string, file: string): FoundImport[] {
  const found: FoundImport[] = []
  walk(parseSource(text, file), node => {
    const source = sourceOf(node)
    if (source === undefined) return
    const specifier = source.type === 'Literal' && typeof source.value === 'string' ? source.value : '(computed)'
    found.push({ specifier, line: lineOf(text, node.start) })
  })
  return found
}

function sourceOf(node: SyntaxNode): SyntaxNode | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return isNode(node.source) ? node.source : undefined
    case 'CallExpression': {
      const callee = node.callee as SyntaxNode
      const [first] = node.arguments as SyntaxNode[]
      return callee.type === 'Identifier' && callee.name === 'require' ? first : undefined
    }
    default:
      return undefined
  }
}
