"""Everything the sitemap names is there, says once where it lives, and what it is."""

import re

ONCE = {
    "canonical": r'<link rel="canonical" href="([^"]+)">',
    "description": r'<meta name="description" content="([^"]+)">',
    "og:title": r'<meta property="og:title" content="([^"]+)">',
    "og:description": r'<meta property="og:description" content="([^"]+)">',
    "og:url": r'<meta property="og:url" content="([^"]+)">',
    "h1": r"<h1\b",
    "title": r"<title>([^<]+)</title>",
}


def locations(demo, address: str) -> list[str]:
    status, body = demo.get(address)
    assert status == 200, address
    return [found.removeprefix(demo.url) for found in re.findall(r"<loc>([^<]+)</loc>", body.decode())]


def test_every_page_in_the_sitemap_can_be_found_and_shared(demo):
    named = [address for part in locations(demo, "/sitemap.xml") for address in locations(demo, part)]
    assert len(named) == len(set(named)) > 60
    wrong, titles = {}, {}
    for address in named:
        status, body = demo.get(address)
        text = body.decode()
        found = {name: re.findall(pattern, text) for name, pattern in ONCE.items()}
        problems = [name for name, values in found.items() if len(values) != 1]
        if status != 200 or found["canonical"] != [demo.url + address] or found["og:url"] != [demo.url + address]:
            problems.append(f"answers {status} as {found['canonical']}")
        if "noindex" in text:
            problems.append("is named and hidden")
        titles.setdefault(found["title"][0] if found["title"] else "", []).append(address)
        if problems:
            wrong[address] = problems
    assert wrong == {}
    assert {title: shared for title, shared in titles.items() if len(shared) > 1} == {}


def test_pictures_in_the_sitemap_are_there(demo):
    pictures = re.findall(r"<image:loc>([^<]+)</image:loc>", demo.get("/sitemap-photographs-1.xml")[1].decode())
    listed = demo.json("/api/gallery/v1/exhibits/?limit=100")["items"]
    assert len(pictures) == len(listed) > 0
    assert demo.get(pictures[0].removeprefix(demo.url))[0] == 200
