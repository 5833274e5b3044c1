import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Who may import whom (docs/architecture.md), as an oxlint plugin. The first zone whose pattern fits a file is the file's; a
 * `$1` in what it may import stands for what the pattern's group has matched. Tests and the files that compose are free.
 */
const zones = [
  { files: /\.(spec|contract|e2e)\.tsx?$/, may: [/./] },
  { files: /^shared\/src\/events\//, may: [/^shared\/src\/events\//, /^zod$/] },
  { files: /^shared\/src\//, may: [/^shared\/src\//, /^zod$/] },

  {
    files: /^backend\/src\/slices\/[^/]+\.ts$/,
    may: ['backend/src/slices/', 'backend/src/platform/', 'shared/src/', packages()],
  },
  {
    files: /^backend\/src\/slices\/([^/]+)\//,
    may: ['backend/src/slices/$1/', 'backend/src/platform/', 'shared/src/', packages()],
  },
  {
    files: /^backend\/src\/adapters\/([^/]+)\//,
    may: ['backend/src/adapters/$1/', 'backend/src/platform/', 'shared/src/', packages()],
  },
  { files: /^backend\/src\/platform\//, may: ['backend/src/platform/', 'shared/src/', packages()] },
  { files: /^backend\/src\/embedded\//, may: ['backend/src/embedded/', 'backend/src/platform/processes/', packages()] },

  { files: /^frontend\/src\/features\/([^/]+)\//, may: ['frontend/src/features/$1/', ...below('features'), packages()] },
  { files: /^frontend\/src\/player\//, may: ['frontend/src/player/', 'frontend/src/lib/', 'shared/src/', packages(/^react/)] },
  {
    files: /^frontend\/src\/ui\//,
    may: ['frontend/src/ui/', 'frontend/src/lib/', 'shared/src/', packages(/^@tanstack\/react-query/)],
  },
  { files: /^frontend\/src\/lib\//, may: ['frontend/src/lib/', 'shared/src/', packages()] },
]

/** Any package, except those whose name fits. */
function packages(except = /^$/) {
  return { test: target => !/^(shared|backend|frontend)\//.test(target) && !except.test(target) }
}

function below(layer) {
  const layers = ['app', 'features', 'player', 'ui', 'lib']
  return [...layers.slice(layers.indexOf(layer) + 1).map(name => `frontend/src/${name}/`), 'shared/src/']
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The file that an import means, relative to the checkout, or the package's name. */
export function targetOf(file, specifier) {
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier)).replaceAll('\\', '/')
  if (specifier.startsWith('@projectionist/shared/')) return specifier.replace('@projectionist/shared/', 'shared/src/')
  return specifier
}

/** Whether `file` may import `target`, both relative to the checkout. */
export function allows(file, target) {
  for (const { files, may } of zones) {
    const match = files.exec(file)
    if (match)
      return may.some(rule => (typeof rule === 'string' ? target.startsWith(rule.replace('$1', match[1])) : rule.test(target)))
  }
  return true
}

const boundaries = {
  create(context) {
    const file = context.filename.replaceAll('\\', '/').slice(root.length + 1)
    const check = node => {
      if (typeof node?.value !== 'string') return
      const target = targetOf(file, node.value)
      if (!allows(file, target)) context.report({ node, message: `${file} may not import ${target}: see docs/architecture.md` })
    }
    return {
      ImportDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
    }
  },
}

export default { meta: { name: 'architecture' }, rules: { boundaries } }
