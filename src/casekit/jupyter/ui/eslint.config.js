// Rules for both front ends: what the compiler does not see.
import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/node_modules/**', 'panel/lib/**', 'panel/style/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'text becomes a text node: el(), fill()' },
        { property: 'outerHTML', message: 'text becomes a text node: el(), fill()' },
        { property: 'insertAdjacentHTML', message: 'text becomes a text node: append()' }
      ],
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }]
    }
  },
  {
    // cytoscape and the widget model of the notebook come without types of their own
    files: ['widgets/src/network/*.ts', 'widgets/src/model.ts', 'widgets/src/index.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' }
  },
  { files: ['tests/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['widgets/build.mjs'], languageOptions: { globals: { process: 'readonly' } } }
);
