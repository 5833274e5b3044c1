import { registerHooks } from 'node:module'

/** For `node --import`: runs sources as they are, in which relative imports name the `.js` that a build would make. */
registerHooks({
  resolve(specifier, context, next) {
    const source = specifier.startsWith('.') && context.parentURL?.endsWith('.ts')
    return next(source ? specifier.replace(/\.js$/, '.ts') : specifier, context)
  },
})
