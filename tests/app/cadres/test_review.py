"""Review over the web: whose press does what, and what no press does."""
import time


def test_x(town):
    for r in ("clerk",):
        t=time.time(); a=town.visitors[r].get(f"/desk/330299101201/versions/{town.desk.submitted}/sheet.pdf"); print(a.status_code, time.time()-t)
        t=time.time(); a=town.visitors[r].get("/desk/330299101201/posters/A01.pdf"); print(a.status_code, time.time()-t)
        t=time.time(); a=town.visitors[r].get(f"/desk/330299101201/uploads/{town.desk.upload}"); print(a.status_code, time.time()-t); print(a.text[-1800:])
