print("ruralvalue")
