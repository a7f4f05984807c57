"""Cuts the sheets' three type faces to GB2312 and writes them to static/fonts/; run by `make fonts`.

Needs `npm` for fetching and fontTools for cutting. The packages are pinned by version and by sum, so that two runs
give the same bytes. Whoever changes the set of characters here runs it again and commits the faces.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset

FOLDER = Path(__file__).resolve().parent.parent / "static" / "fonts"
VERSION = "0.4.3"
PACKAGES = {
    "noto-sans-sc": "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    "noto-serif-sc": "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
}
FACES = {
    "NotoSansSC-Regular.ttf": ("noto-sans-sc", "package/400Regular/NotoSansSC_400Regular.ttf"),
    "NotoSansSC-Bold.ttf": ("noto-sans-sc", "package/700Bold/NotoSansSC_700Bold.ttf"),
    "NotoSerifSC-Black.ttf": ("noto-serif-sc", "package/900Black/NotoSerifSC_900Black.ttf"),
}
SYMBOLS = (
    "·–—‘’“”…‰′″※℃№←↑→↓■□▢▣▲△▼▽"
    "◆◇○◎●◐★☆✓✕✗〇々〆￥¥￡€㎡㎥㎏㎜㎝㎞㎎㏄›‹×÷±≈≠≤≥²³½¼¾"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳〔〕【】〖〗「」『』《》〈〉〜～"
)


def characters() -> str:
    """Return every character that the faces keep: GB2312 in full, ASCII, Latin-1, full-width forms and SYMBOLS."""
    rows = [bytes((0xA0 + row, 0xA0 + cell)) for row in range(1, 88) for cell in range(1, 95)]
    chinese = b"".join(rows).decode("gb2312", errors="ignore")
    ranges = [(0x20, 0x7F), (0xA0, 0x100), (0x3000, 0x3020), (0xFF01, 0xFF5F), (0x2010, 0x2028)]
    return "".join(sorted({*chinese, *SYMBOLS, *(chr(code) for low, high in ranges for code in range(low, high))}))


def fetched(package: str, folder: Path) -> Path:
    """Return the path of the package's archive, fetched into `folder`; stops the run if its sum is not the pinned."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the type faces")
    name = f"@expo-google-fonts/{package}@{VERSION}"
    subprocess.run([npm, "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    archive = folder / f"expo-google-fonts-{package}-{VERSION}.tgz"
    if hashlib.sha256(archive.read_bytes()).hexdigest() != PACKAGES[package]:
        sys.exit(f"{name} is not the package that was checked; nothing was changed")
    return archive


def cut(source: Path, target: Path) -> None:
    """Write `target`, the face `source` with `characters()` alone, without hinting and with its names kept."""
    options = subset.Options(
        hinting=False, notdef_outline=True, name_IDs=["*"], layout_features=["kern", "locl", "ccmp", "mark"]
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters())
    cutter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    subset.save_font(font, str(target), options)


def main() -> None:
    """Fetch both packages, cut the three faces and put the licence beside them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for package in PACKAGES:
            with tarfile.open(fetched(package, folder)) as archive:
                archive.extractall(folder / package, filter="data")
        for name, (package, member) in FACES.items():
            cut(folder / package / member, FOLDER / name)
            print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes")
        shutil.copyfile(folder / "noto-sans-sc" / "package" / "LICENSE_FONT", FOLDER / "OFL.txt")


if __name__ == "__main__":
    main()
