export default { semi: false, singleQuote: true, printWidth: 130, arrowParens: 'avoid' }
