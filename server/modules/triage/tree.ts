import type { Lesson } from './model.ts';
import type { Segmenter } from './text.ts';

/** What the group itself says about a category; every sentence and word of it teaches like a message would. */
export interface CategoryWords {
  code: string;
  zh: string;
  /** Name of the first level. */
  parent: string;
  keywords: readonly string[];
  examples: readonly string[];
  /** Knowledge articles that speak of it: title and text. */
  articles: readonly { title: string; text: string }[];
}

/** All keywords together say what the category is; each keyword alone is a message somebody could have sent. */
export function lessonsOfTree(categories: readonly CategoryWords[], segmenter: Segmenter): Lesson[] {
  return categories.flatMap((category): Lesson[] => {
    const lesson = (text: string, weight: number): Lesson => ({
      label: category.code,
      body: segmenter.words(text),
      written: true,
      weight,
    });
    return [
      lesson(category.zh, 1),
      lesson(`${category.zh} ${category.keywords.join(' ')}`, 1),
      ...category.keywords.map((keyword) => lesson(keyword, 0.5)),
      ...category.examples.map((example) => lesson(example, 1)),
      ...category.articles.map(({ title, text }) => lesson(`${title} ${text}`, 0.3)),
    ].filter((one) => one.body.length > 0);
  });
}
